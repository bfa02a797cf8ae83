"""Rows of the list of roles, the page of one, and the matrix of roles and permissions."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Role
from rembuk.access.permissions import ALL
from rembuk.accounts.models import Person
from rembuk.audit import selectors as audit
from rembuk.management.roles import rules, selectors
from rembuk.management.roles.states import in_order, seeded, state_of
from rembuk.web.components.formats import number
from rembuk.web.components.html.tags import tag
from rembuk.web.components.picks import picked_link
from rembuk.web.lists import active_filters, pager
from rembuk.web.management.lists.many import bulk_actions
from rembuk.web.management.pages import Crumb
from rembuk.web.management.roles.forms import RoleSearch
from rembuk.web.paging import page_of
from rembuk.web.trail.rows import audit_rows

type Row = dict[str, Any]

CRUMBS: list[Crumb] = [
    (gettext_lazy("Access rights"), "desk_management:access"),
    (gettext_lazy("Roles"), "desk_management:roles"),
]


def page_of_role(role: Role) -> str:
    """The address of a role's page."""
    return reverse("desk_management:role", args=[role.slug])


def crumbs_of(role: Role) -> list[Crumb]:
    """The way down to a page below the role's."""
    return [*CRUMBS, (role.label, page_of_role(role))]


def list_context(request: HttpRequest, *, may_manage: bool) -> Row:
    """Roles, to select for whoever manages them, with how many permissions each gives and how many people hold it now."""
    form = RoleSearch(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = selectors.roles(wanted.get("q", ""), wanted.get("keadaan") or selectors.ACTIVE)
    shown = page_of(
        selectors.with_holders(found), order=("position", "id"), after=request.GET.get("after"), size=50
    )
    columns = [
        {"label": _("Role")},
        {"label": _("What it is for")},
        {"label": _("Permissions"), "kind": "num"},
        {"label": _("People now"), "kind": "num"},
        {"label": _("State")},
    ]
    return {
        "table": {
            "caption": _("Roles"),
            "caption_hidden": True,
            "columns": columns,
            "rows": [_row(role, is_picked=may_manage) for role in shown.items],
        },
        "may_manage": may_manage,
        "bulk": {"action_url": reverse("desk_management:role_many"), "actions": bulk_actions()},
        "form": form,
        "active": active_filters(request, form),
        "reset_url": request.path,
        **pager(request, shown.next_token),
    }


def _row(role: Any, *, is_picked: bool) -> list[Any]:
    url = page_of_role(role)
    return [
        picked_link(role.slug, role.label, url) if is_picked else {"value": role.label, "url": url},
        role.shown_description or "–",
        number(len(in_order(role.permissions))),
        number(role.holders),
        state_tag(role),
    ]


def state_tag(role: Role) -> SafeString:
    """Whether the role is in use, as a tag."""
    return tag(_("In use"), "ok", "check") if role.is_active else tag(_("Retired"))


def role_context(role: Role, by: Person) -> Row:
    """A role's page: who holds it, what it gives and does not give, how it differs from its seed, what may be done."""
    may = rules.may_touch_role(by, role)
    counted: Any = selectors.with_holders(Role.objects.filter(pk=role.pk)).get()
    given = set(role.permissions)
    return {
        "role": role,
        "state": state_tag(role),
        "facts": _facts(role, counted.holders if role.is_active else 0),
        "areas": [area for area in areas(role) if area["rows"]],
        "absent": [one for one in ALL.values() if one.key not in given],
        "differs": _difference(role),
        "may_manage": rules.may_manage_roles(by).ok,
        "may_act": may.ok,
        "why_not": "" if may.ok else str(may),
        "is_seeded": seeded(role) is not None,
        "deeds": _deeds(role, by),
    }


def areas(role: Role) -> list[Row]:
    """The permissions a role gives, by area."""
    found: dict[str, list[izin.Permission]] = {}
    for one in ALL.values():
        found.setdefault(str(one.area), []).extend([one] if one.key in role.permissions else [])
    return [{"title": title, "rows": rows} for title, rows in found.items()]


def _facts(role: Role, holders: int) -> list[Row]:
    origin = _("Every site starts with it") if seeded(role) else _("Made here")
    return [
        {
            "term": _("People who hold it now"),
            "value": number(holders),
            "url": f"{reverse('desk_management:access')}?peran={role.slug}",
        },
        {"term": _("Permissions"), "value": number(len(in_order(role.permissions)))},
        {"term": _("Where it comes from"), "value": origin},
        {"term": _("Word in the address"), "value": format_html('<span class="code">{}</span>', role.slug)},
    ]


def _difference(role: Role) -> Row | None:
    """How a role that every site starts with differs from what it started with; none when it does not."""
    first, now = seeded(role), state_of(role)
    if first is None or first == now:
        return None
    more, less = set(now.permissions) - set(first.permissions), set(first.permissions) - set(now.permissions)
    return {"more": in_order(more), "less": in_order(less)}


def _deeds(role: Role, by: Person) -> list[Row]:
    """What was done to the role last, for those who read the whole trail."""
    if not rights.can_everywhere(by, izin.AUDIT_READ):
        return []
    return audit_rows(audit.trail_of("role", role.slug, limit=5))


def uses_context(role: Role) -> Row | None:
    """What uses a role that somebody wants to delete: counts, and the first people who hold it; none when nothing does."""
    counts = selectors.uses(role)
    if not any(counts.values()) and seeded(role) is None:
        return None
    return {
        "counts": counts,
        "reached": list(selectors.reached(role)[:20]),
        "is_seeded": seeded(role) is not None,
    }
