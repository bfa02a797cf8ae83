"""Hak akses: the list of grants, giving and ending one."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.management import doors
from rembuk.management.actions import grants as actions
from rembuk.web.answers import see_other
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.access.forms import GiveGrantForm, GrantTermsForm
from rembuk.web.management.access.rows import grants_context
from rembuk.web.management.access.tabs import access_tabs
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import Crumb, attempt, page, sent

LIST = "desk_management:access"
CRUMBS: list[Crumb] = [(gettext_lazy("Access rights"), LIST)]
managers = requires(izin.GRANT_MANAGE)


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Who has which role where, and until when."""
    context = grants_context(request, request.user)
    return page(
        request,
        "grants",
        title=_("Access rights"),
        tabs=access_tabs(LIST),
        suggestions=suggestions(),
        **context,
    )


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: PersonRequest) -> HttpResponse:
    """Give a role to somebody with an account, found by email address."""
    form = GiveGrantForm(sent(request), by=request.user)
    if attempt(form, lambda: actions.give_grant(form.person, form.facts(), by=request.user)):
        return see_other(request, reverse(LIST), _("The role was given."))
    lede = _("It holds in the work unit and all below it. You can give only what you may do there yourself.")
    context = {"form": form, "lede": lede, "suggestions": suggestions(), "back_url": reverse(LIST)}
    return page(request, "form", title=_("Give a role"), crumbs=CRUMBS, label=_("Give the role"), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def give_to(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Give a role to the person whose page one came from."""
    person = doors.person_for(public_id, request.user)
    form, back = (
        GrantTermsForm(sent(request), by=request.user),
        reverse("desk_management:person", args=[public_id]),
    )
    if attempt(form, lambda: actions.give_grant(person, form.facts(), by=request.user)):
        return see_other(request, back, _("The role was given."))
    lede = _("It holds in the work unit and all below it. You can give only what you may do there yourself.")
    context = {"form": form, "lede": lede, "suggestions": suggestions(), "back_url": back}
    title = _("Give %(name)s a role") % {"name": person.shown_name}
    return page(request, "form", title=title, crumbs=CRUMBS, label=_("Give the role"), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PersonRequest, number: int) -> HttpResponse:
    """End a grant at once, with a reason."""
    found, form = doors.grant_for(number, request.user), ReasonForm(sent(request))
    if attempt(form, lambda: actions.end_grant(found, **form.cleaned_data, by=request.user)):
        return see_other(request, reverse(LIST), _("The grant has ended."))
    facts = {"name": found.person.shown_name, "role": found.role.label, "unit": found.unit.name}
    lede = _("%(name)s is then no longer %(role)s in %(unit)s, from this moment on.") % facts
    context = {
        "form": form,
        "lede": lede,
        "back_url": reverse(LIST),
        "label": _("End the grant"),
        "tone": "bad",
    }
    return page(request, "form", title=_("End a grant"), crumbs=CRUMBS, **context)
