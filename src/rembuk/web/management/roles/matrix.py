"""The matrix of roles and permissions: marks for who reads it, boxes to tick for who manages roles.

Here: the tables, and reading what was ticked. Not here: what follows (``together``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.access.models import Role
from rembuk.access.permissions import ALL, Permission
from rembuk.accounts.models import Person
from rembuk.management.roles import rules, selectors
from rembuk.management.roles.states import RoleState, state_of
from rembuk.web.components.icons import ICONS
from rembuk.web.management.roles.rows import page_of_role
from rembuk.web.management.roles.sight import Sight, Sights

type Row = dict[str, Any]
SIZE = 20
"""Roles on a page: their boxes stay below what Django reads of one form."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What a person may tick: roles she does not have herself, permissions she holds in the whole instansi."""

    own: frozenset[int]
    fixed: frozenset[str]

    def may(self, role: Role, key: str) -> bool:
        """Whether this box can be moved."""
        return role.pk not in self.own and key not in self.fixed

    def begin(self, roles: Sequence[Role]) -> Sights:
        """The roles she may tick, as they stand."""
        states = {role.pk: state_of(role) for role in roles if role.pk not in self.own}
        return {number: Sight(state, state) for number, state in states.items()}


def pen_of(by: Person) -> Pen | None:
    """``None`` for who only reads the matrix."""
    if not rules.may_manage_roles(by).ok:
        return None
    return Pen(selectors.held_by(by), frozenset(rules.lacking(by, ALL)))


def ticked(sent: QueryDict, begun: Sights, roles: Mapping[int, Role], pen: Pen) -> Sights:
    """What is wanted of each role that was moved and is still there, upon the role as it was when the matrix was opened."""
    found = {
        number: sight.with_ticks([key for key in sent.getlist(_name(roles[number])) if key in ALL], pen.fixed)
        for number, sight in begun.items()
        if number in roles
    }
    return {number: sight for number, sight in found.items() if sight.wanted != sight.seen}


def tables(roles: Sequence[Role], pen: Pen | None, wanted: Mapping[int, RoleState]) -> list[Row]:
    """One table for each area: a row for each permission with its sentence, a column for each role.

    ``wanted`` is what was ticked already of some roles.
    """
    found: dict[str, list[Any]] = {}
    given = {role.pk: wanted.get(role.pk, role).permissions for role in roles}
    for one in ALL.values():
        cells = [_cell(role, one, pen, has=one.key in given[role.pk]) for role in roles]
        head = format_html("{} <small>{}</small>", one.label, one.sentence)
        found.setdefault(str(one.area), []).append([head, *cells])
    heads = [
        {"label": _("Permission")},
        *({"label": role.label, "sort_url": page_of_role(role), "kind": "mark"} for role in roles),
    ]
    return [{"caption": area, "columns": heads, "rows": rows} for area, rows in found.items()]


def _name(role: Role) -> str:
    return f"izin-{role.slug}"


def _cell(role: Role, one: Permission, pen: Pen | None, *, has: bool) -> SafeString:
    if pen is None:
        mark, word = (ICONS["check"], _("yes")) if has else ("–", _("no"))
        return format_html('{}<span class="sr">{}</span>', mark, word)
    return format_html(
        '<label class="tick"><input type="checkbox" name="{}" value="{}"{}{}><span class="sr">{}: {}</span></label>',
        _name(role),
        one.key,
        " checked" if has else "",
        "" if pen.may(role, one.key) else " disabled",
        role.label,
        one.label,
    )
