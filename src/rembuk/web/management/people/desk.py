"""Pengguna: search, invitation, a person's page, suspension, sessions."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.common.errors import require
from rembuk.management import doors, rules
from rembuk.management.actions import people as actions
from rembuk.web.answers import see_other
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import Crumb, attempt, page, sent
from rembuk.web.management.people.forms import InviteForm, SuspendForm
from rembuk.web.management.people.person_page import person_context
from rembuk.web.management.people.rows import people_context

LIST = "desk_management:people"
CRUMBS: list[Crumb] = [(gettext_lazy("Users"), LIST)]
managers = requires(izin.PERSON_MANAGE)


def _page_of(public_id: UUID) -> str:
    return reverse("desk_management:person", args=[public_id])


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Search people by name, email address or sign-in name; filters, orders, acts on a selection."""
    may_invite = rights.can(request.user, izin.GRANT_MANAGE)
    return page(
        request, "people", title=_("Users"), may_invite=may_invite, **people_context(request, request.user)
    )


@managers
@require_safe
def person(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """A person's page; that it was opened is recorded as reading of personal data."""
    found = doors.person_for(public_id, request.user)
    context = person_context(found, request.user)
    actions.see_person(found, by=request.user)
    return page(request, "person", title=found.shown_name, crumbs=CRUMBS, **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PersonRequest) -> HttpResponse:
    """Invite a member of staff, with a first role."""
    form = InviteForm(sent(request), by=request.user)
    if attempt(form, lambda: actions.invite_person(form.newcomer(), form.facts(), by=request.user)):
        return see_other(request, reverse(LIST), _("The invitation is on its way."))
    lede = _(
        "The person gets a letter with a link to choose a password. The link works once, for three days."
    )
    context = {
        "form": form,
        "lede": lede,
        "suggestions": suggestions(request.user),
        "back_url": reverse(LIST),
    }
    return page(
        request, "form", title=_("Invite staff"), crumbs=CRUMBS, label=_("Send the invitation"), **context
    )


@managers
@require_POST
def invite_again(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Send the letter once more."""
    actions.invite_again(doors.person_for(public_id, request.user), by=request.user)
    return see_other(request, _page_of(public_id), _("The invitation is on its way again."))


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Close an account and end its sessions, with a reason."""
    found, form = doors.person_for(public_id, request.user), SuspendForm(sent(request))
    if request.method != "POST":
        require(rules.may_suspend(request.user, found))
    if attempt(form, lambda: actions.suspend_person(found, **form.terms(), by=request.user)):
        return see_other(
            request, _page_of(public_id), _("The account is suspended, and all its sessions have ended.")
        )
    lede = _(
        "All sessions of %(name)s end at once, and nobody can sign in to the account until the suspension ends."
    )
    context = {
        "form": form,
        "lede": lede % {"name": found.shown_name},
        "back_url": _page_of(public_id),
        "tone": "bad",
    }
    return page(request, "form", title=_("Suspend the account"), crumbs=CRUMBS, label=_("Suspend"), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def reinstate(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Open a suspended account again, with a reason."""
    found, form = doors.person_for(public_id, request.user), ReasonForm(sent(request))
    if request.method != "POST":
        require(rules.may_suspend(request.user, found))
    if attempt(form, lambda: actions.reinstate_person(found, **form.cleaned_data, by=request.user)):
        return see_other(request, _page_of(public_id), _("The suspension is lifted."))
    lede = _("%(name)s can sign in again. Roles that have not ended hold again.") % {"name": found.shown_name}
    context = {"form": form, "lede": lede, "back_url": _page_of(public_id), "label": _("Lift the suspension")}
    return page(request, "form", title=_("Lift the suspension"), crumbs=CRUMBS, **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Sign a person out everywhere, with a reason."""
    found, form, ended = doors.person_for(public_id, request.user), ReasonForm(sent(request)), [0]
    if attempt(
        form, lambda: ended.append(actions.end_person_sessions(found, **form.cleaned_data, by=request.user))
    ):
        flash = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", ended[-1])
        return see_other(request, _page_of(public_id), flash % {"count": ended[-1]})
    lede = _("%(name)s is signed out in every browser and can sign in again at once.") % {
        "name": found.shown_name
    }
    context = {"form": form, "lede": lede, "back_url": _page_of(public_id), "label": _("End all sessions")}
    return page(request, "form", title=_("End all sessions"), crumbs=CRUMBS, **context)
