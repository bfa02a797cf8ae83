"""Peran: the list, one role; making, copying, changing, retiring, restoring, resetting, deleting."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.access.models import Role
from rembuk.common.errors import require
from rembuk.management.roles import actions, doors, rules
from rembuk.management.roles.states import RoleState, restored, state_of
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.access.tabs import ROLES, access_tabs
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import attempt, page, sent, site_wide
from rembuk.web.management.roles import steps
from rembuk.web.management.roles.forms import NewRoleForm, RoleForm
from rembuk.web.management.roles.rows import (
    CRUMBS,
    crumbs_of,
    list_context,
    page_of_role,
    role_context,
    uses_context,
)
from rembuk.web.management.roles.sight import FIELD, Sight, seal, unseal

readers = requires(izin.GRANT_MANAGE, izin.ROLE_MANAGE)
keepers = site_wide(izin.ROLE_MANAGE)
_FORM = "form"
"""What the form of a change carries: the role as it was when the page was opened."""


@readers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Roles with how many people hold each."""
    may = rules.may_manage_roles(request.user).ok
    context: dict[str, Any] = {"tabs": access_tabs(ROLES), **list_context(request, may_manage=may)}
    return page(request, "roles/list", title=_("Access rights"), **context)


@readers
@require_safe
def role(request: PersonRequest, slug: str) -> HttpResponse:
    """One role: what it gives, to how many people, and what may be done."""
    found = doors.role(slug)
    return page(request, "roles/role", title=found.label, crumbs=CRUMBS, **role_context(found, request.user))


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Make a role from nothing."""
    return _make(request, None)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: PersonRequest, slug: str) -> HttpResponse:
    """Make a role that begins as another one is."""
    return _make(request, doors.role(slug))


def _make(request: PersonRequest, source: Role | None) -> HttpResponse:
    begin = restored(state_of(source)) if source else RoleState(name="", name_en="")
    if source:
        words = {"name": f"{source.name} (salinan)"[:80], "name_en": f"{source.name_en} (copy)"[:80]}
        begin = RoleState(**{**begin.values(), **words})
    form, made = NewRoleForm(sent(request), by=request.user, begin=begin), list[Role]()

    def act() -> None:
        reason = form.cleaned_data["reason"]
        made.append(actions.create_role(form.wanted(), reason=reason, by=request.user, copied=source))

    if attempt(form, act):
        return see_other(
            request, page_of_role(made[0]), _("The role was made. Now it can be given to people.")
        )
    title = _("Copy %(role)s") % {"role": source.label} if source else _("New role")
    context: dict[str, Any] = {"form": form, "label": _("Make the role"), "back_url": reverse(ROLES)}
    return page(request, "roles/form", title=title, crumbs=crumbs_of(source) if source else CRUMBS, **context)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Names and permissions: the form, then what it changes for whom, then the save."""
    found = doors.role(slug)
    require(rules.may_touch_role(request.user, found))
    now = state_of(found)
    sight = unseal(request.POST, steps.CHANGE.name, found, request.user)
    step = request.POST.get(steps.STEP, "")
    if sight is not None and step == steps.SAVE:
        return steps.save(request, found, steps.CHANGE, sight)
    if sight is not None and step == steps.BACK:
        form = RoleForm(by=request.user, upon=now, begin=sight.wanted)
        return _edit_page(request, found, form, sight.seen)
    begun = unseal(request.POST, _FORM, found, request.user)
    seen = begun.seen if begun else now
    form = RoleForm(sent(request), by=request.user, upon=now)
    if not form.is_valid():
        return _edit_page(request, found, form, seen)
    wish = Sight(seen, form.wanted())
    if seen != now:
        return steps.preview(request, found, steps.CHANGE, wish.upon(now), meanwhile=Sight(seen, now))
    if wish.wanted == now:
        form.add_error(None, _("Nothing would change."))
        return _edit_page(request, found, form, seen)
    return steps.preview(request, found, steps.CHANGE, wish)


def _edit_page(request: PersonRequest, found: Role, form: RoleForm, seen: RoleState) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "label": _("See what changes"),
        "back_url": page_of_role(found),
        "reason": request.POST.get("reason", ""),
        "token_name": FIELD,
        "token": seal(Sight(seen, seen), _FORM, found, request.user),
        "lede": _("Nothing is saved yet: the next page shows what changes, and for whom."),
    }
    title = _("Change %(role)s") % {"role": found.label}
    return page(request, "roles/form", title=title, crumbs=crumbs_of(found), **context)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: PersonRequest, slug: str) -> HttpResponse:
    """Take a role out of use."""
    found = doors.role(slug)
    return steps.turn(request, found, steps.RETIRE, state_of(found))


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: PersonRequest, slug: str) -> HttpResponse:
    """Put a retired role back into use."""
    found = doors.role(slug)
    return steps.turn(request, found, steps.RESTORE, state_of(found))


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: PersonRequest, slug: str) -> HttpResponse:
    """Give a role its words and permissions back that every site starts with."""
    found = doors.role(slug)
    return steps.turn(request, found, steps.RESET, state_of(found))


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: PersonRequest, slug: str) -> HttpResponse:
    """Delete a role that was never used; of one that was, say what uses it and offer to retire it."""
    found, form = doors.role(slug), ReasonForm(sent(request))
    require(rules.may_delete_role(request.user, found))
    if attempt(form, lambda: actions.delete_role(found, **form.cleaned_data, by=request.user)):
        return see_other(request, reverse(ROLES), _("The role was deleted."))
    title, uses = _("Delete %(role)s") % {"role": found.label}, uses_context(found)
    context: dict[str, Any] = {"role": found, "back_url": page_of_role(found)}
    if uses is not None:
        return page(request, "roles/uses", title=title, crumbs=crumbs_of(found), **context, **uses)
    context |= {"form": form, "label": _("Delete the role"), "tone": "bad"}
    lede = _("Nobody was ever given this role. It disappears for good; the audit trail keeps what it was.")
    return page(request, "form", title=title, crumbs=crumbs_of(found), lede=lede, **context)
