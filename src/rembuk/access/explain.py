"""Why a person may or may not do something somewhere, and who may: the answers of ``rights.can`` with their grants.

``explain`` reads the grants anew, dead ones too, and names what stands in the way of each; a test holds its yes and no
equal to ``can``. Not here: words for a page, and whose rights somebody may look up (``management``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from rembuk.access.holders import grants_in_force
from rembuk.access.models import Grant, Role
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.tree import chain

MOST_NEAR = 5


class Hurdle(StrEnum):
    """What keeps a grant with the permission from counting, in the order in which they are told."""

    ELSEWHERE = "elsewhere"
    NOT_EXACT = "not_exact"
    NOT_BEGUN = "not_begun"
    ENDED = "ended"
    ROLE_RETIRED = "role_retired"
    UNIT_RETIRED = "unit_retired"


@dataclass(frozen=True, slots=True)
class Strand:
    """One grant whose role has the permission, and what keeps it from counting (nothing: it counts)."""

    grant: Grant
    hurdles: tuple[Hurdle, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Yes or no, and through which grants; with a no the nearest grants that do not count.

    ``without`` are grants in force there whose roles lack the permission; ``is_closed`` is a suspended or deleted
    account, which no grant helps.
    """

    is_allowed: bool
    is_closed: bool
    through: tuple[Grant, ...]
    near: tuple[Strand, ...]
    without: tuple[Grant, ...]


def explain(
    person: Person,
    permission: Permission,
    unit: WorkUnit | None = None,
    *,
    exact: bool = False,
    at: datetime | None = None,
) -> Explanation:
    """Whether the person may use the permission in ``unit`` (anywhere when ``None``), and by what, in one query.

    ``exact`` as in ``rights.can``.
    """
    moment = instant(at)
    grants = person.grants.select_related("role", "unit", "given_by").order_by("unit__path", "pk")
    strands = [Strand(grant, tuple(_hurdles(grant, unit, moment, exact=exact))) for grant in grants]
    having = [strand for strand in strands if permission.key in strand.grant.role.permissions]
    through = tuple(strand.grant for strand in having if not strand.hurdles)
    near = sorted((strand for strand in having if strand.hurdles), key=lambda one: _distance(one, unit))
    lacking = (one.grant for one in strands if not one.hurdles and one not in having)
    return Explanation(
        is_allowed=person.is_active and bool(through),
        is_closed=not person.is_active,
        through=through,
        near=tuple(near[:MOST_NEAR]),
        without=tuple(grant for grant in lacking if grant.role.permissions),
    )


def who_may(
    permission: Permission, unit: WorkUnit, *, exact: bool = False, at: datetime | None = None
) -> QuerySet[Grant]:
    """The grants by which somebody may use the permission in ``unit`` now; suspended people have none that count."""
    grants = grants_in_force(at).filter(role__permissions__contains=[permission.key])
    return grants.filter(unit=unit) if exact else grants.filter(unit__path__in=chain(unit.path))


def roles_with(permission: Permission) -> QuerySet[Role]:
    """Roles in use that give the permission."""
    return Role.objects.filter(is_active=True, permissions__contains=[permission.key])


def _hurdles(grant: Grant, unit: WorkUnit | None, moment: datetime, *, exact: bool) -> Iterable[Hurdle]:
    if unit is not None and grant.unit_id != unit.pk:
        if not unit.path.startswith(grant.unit.path):
            yield Hurdle.ELSEWHERE
        elif exact:
            yield Hurdle.NOT_EXACT
    if grant.starts_at > moment:
        yield Hurdle.NOT_BEGUN
    if grant.ends_at is not None and grant.ends_at <= moment:
        yield Hurdle.ENDED
    if not grant.role.is_active:
        yield Hurdle.ROLE_RETIRED
    if not grant.unit.is_active:
        yield Hurdle.UNIT_RETIRED


def _distance(strand: Strand, unit: WorkUnit | None) -> tuple[int, int, int]:
    """How far a grant is from counting: fewest hurdles, then the longest way shared in the tree, then the newest."""
    shared = 0
    if unit is not None:
        shared = sum(1 for path in chain(unit.path) if strand.grant.unit.path.startswith(path))
    return len(strand.hurdles), -shared, -strand.grant.pk
