"""Entering a proposal on behalf of somebody who came, wrote, called or spoke at a meeting."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rembuk.access import permissions as izin
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.proposals.desk.entering import EntryForm, enter

# Name of the button that only looks up a place.
FIND = "find"


@requires(izin.PROPOSAL_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """The form, and what was sent with it."""
    is_sent = request.method == "POST"
    form = EntryForm(*((request.POST, request.FILES) if is_sent else ()), by=request.user)
    is_search = FIND in request.POST
    if is_sent and form.is_valid() and not is_search and (made := enter(form, by=request.user)):
        words = _("%(code)s waits for moderation.") % {"code": made.code}
        return see_other(request, reverse("desk_proposals:detail", args=[made.code]), words)
    crumbs = [{"label": _("Proposals"), "url": reverse("desk_proposals:list")}, {"label": _("Enter")}]
    title = _("Enter a proposal for somebody")
    context = {"page_title": title, "crumbs": crumbs, "form": form, "is_search": is_search}
    status = 422 if is_sent and not is_search else 200
    return render(request, "desk_proposals/enter.html", context, status=status)
