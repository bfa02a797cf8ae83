"""The inbox, the choice how one is mailed, and the page that ends mails by the link in one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from rembuk.access.rights import acting
from rembuk.audit.actors import Actor
from rembuk.notifications import actions, selectors, unsubscribe
from rembuk.web.accounts import lists
from rembuk.web.addresses import client_address
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, open_form, signed_in
from rembuk.web.notifications.forms import ChoicesForm
from rembuk.web.notifications.rows import choices_of, kind_label, notice_rows
from rembuk.web.paging import Keyset

NEWEST = Keyset(("-id",))


@signed_in
def inbox(request: PersonRequest) -> HttpResponse:
    """Notices, newest first; those shown count as read from now on."""
    found = NEWEST.page(selectors.received(request.user.pk), request.GET.get("after"))
    context = {
        "page_title": _("My page"),
        "tabs": lists.tabs(request.user, "notifications:inbox"),
        "rows": notice_rows(found.items),
        "next_url": lists.next_url(request, found.next_token),
        "first_url": request.path if "after" in request.GET else "",
    }
    response = render(request, "notifications/inbox.html", context)
    actions.mark_read(request.user.pk, [notice.pk for notice in found.items if notice.read_at is None])
    return response


@signed_in
def preferences(request: PersonRequest) -> HttpResponse:
    """How one is mailed, by kind."""
    person = request.user
    data = request.POST if request.method == "POST" else None
    form = ChoicesForm(choices_of(person), data)
    if form.is_valid():
        actions.choose(person.pk, form.wanted, by=acting(person, address=client_address(request)))
        return see_other(request, request.path, _("Your choices were saved. They hold for news from now on."))
    context = {"page_title": _("Choose what you are told about"), "form": form}
    return render(request, "notifications/preferences.html", context, status=422 if form.is_bound else 200)


@csrf_exempt
@open_form
def end_mails(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails that a link names, without signing in: a button for people, one POST for mail programs (RFC 8058)."""
    wish = unsubscribe.read(token)
    ended = None
    if request.method == "POST":
        ended = actions.end_mails(token, by=Actor(person_id=wish.person_id, address=client_address(request)))
    context = {"page_title": _("Stop these emails"), "kind": kind_label(wish.kind), "ended": ended}
    return render(request, "notifications/end_mails.html", context)
