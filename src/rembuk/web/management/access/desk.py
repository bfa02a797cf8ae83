"""Hak akses: the list of grants, giving one, moving its end, ending it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.access.models import Grant, GrantRequest
from rembuk.accounts.models import Person
from rembuk.common.errors import require
from rembuk.management import doors, rules
from rembuk.management.actions import grants as actions
from rembuk.web.answers import see_other
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.access.forms import ChangeEndForm, DelegationForm, GiveGrantForm
from rembuk.web.management.access.rows import LIST, grants_context
from rembuk.web.management.access.tabs import access_tabs
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import Crumb, attempt, page, sent

CRUMBS: list[Crumb] = [(gettext_lazy("Access rights"), LIST)]
REQUESTS = "desk_management:grant_requests"
managers = requires(izin.GRANT_MANAGE)
_LEDE = gettext_lazy(
    "It holds in the work unit and all below it. You can give only what you may do there yourself. A role that makes an "
    "administrator of the instansi waits for a second person."
)


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Who has which role where, and until when."""
    context = grants_context(request, request.user)
    tabs = access_tabs(LIST)
    return page(
        request,
        "grants",
        title=_("Access rights"),
        tabs=tabs,
        suggestions=suggestions(request.user),
        **context,
    )


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: PersonRequest) -> HttpResponse:
    """Give a role to somebody with an account, found by email address or sign-in name."""
    form = GiveGrantForm(sent(request), by=request.user)
    made: list[Grant | GrantRequest] = []
    if attempt(form, lambda: made.append(_give(form.person, form, request.user))):
        return _given(request, made[0], reverse(LIST))
    context = {
        "form": form,
        "lede": _LEDE,
        "suggestions": suggestions(request.user),
        "back_url": reverse(LIST),
    }
    return page(request, "form", title=_("Give a role"), crumbs=CRUMBS, label=_("Give the role"), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def give_to(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Give a role to the person whose page one came from."""
    person = doors.person_for(public_id, request.user)
    form, back = (
        DelegationForm(sent(request), by=request.user),
        reverse("desk_management:person", args=[public_id]),
    )
    made: list[Grant | GrantRequest] = []
    if attempt(form, lambda: made.append(_give(person, form, request.user))):
        return _given(request, made[0], back)
    context = {"form": form, "lede": _LEDE, "suggestions": suggestions(request.user), "back_url": back}
    title = _("Give %(name)s a role") % {"name": person.shown_name}
    return page(request, "form", title=title, crumbs=CRUMBS, label=_("Give the role"), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def until(request: PersonRequest, number: int) -> HttpResponse:
    """Let a grant end on another day, with a reason."""
    found = doors.grant_for(number, request.user)
    if request.method != "POST":
        require(rules.may_change_grant(request.user, found))
    form = ChangeEndForm(sent(request), now=found.ends_at)
    if attempt(
        form,
        lambda: actions.change_grant_end(
            found, form.ends_at(), by=request.user, reason=form.cleaned_data["reason"]
        ),
    ):
        return see_other(request, reverse(LIST), _("The end of the grant was changed."))
    now = _("It has no end now.")
    if form.last_day is not None:
        now = _("Its last day now: %(day)s.") % {"day": date_format(form.last_day, "j F Y")}
    lede = "{} {}".format(_("%(name)s is %(role)s in %(unit)s.") % _words(found), now)
    context = {"form": form, "lede": lede, "back_url": reverse(LIST), "label": _("Change the end")}
    return page(request, "form", title=_("Change the end of a grant"), crumbs=CRUMBS, **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PersonRequest, number: int) -> HttpResponse:
    """End a grant at once, with a reason."""
    found, form = doors.grant_for(number, request.user), ReasonForm(sent(request))
    if request.method != "POST":
        require(rules.may_end_grant(request.user, found))
    if attempt(form, lambda: actions.end_grant(found, **form.cleaned_data, by=request.user)):
        return see_other(request, reverse(LIST), _("The grant has ended."))
    lede = _("%(name)s is then no longer %(role)s in %(unit)s, from this moment on.") % _words(found)
    context = {
        "form": form,
        "lede": lede,
        "back_url": reverse(LIST),
        "label": _("End the grant"),
        "tone": "bad",
    }
    return page(request, "form", title=_("End a grant"), crumbs=CRUMBS, **context)


def _give(person: Person, form: DelegationForm, by: Person) -> Grant | GrantRequest:
    return actions.give_or_request(person, form.facts(), by=by)


def _given(request: PersonRequest, made: Grant | GrantRequest, back: str) -> HttpResponse:
    if isinstance(made, GrantRequest):
        flash = _("Asked for. The role holds as soon as a second person has approved it.")
        return see_other(request, reverse(REQUESTS), flash)
    return see_other(request, back, _("The role was given."))


def _words(grant: Grant) -> dict[str, str]:
    return {"name": grant.person.shown_name, "role": grant.role.label, "unit": grant.unit.name}
