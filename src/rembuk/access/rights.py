"""What a person may do, where: ``can`` is the only test of a right.

Grants are read once per request: the person of a request carries them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q, QuerySet

from rembuk.access.models import Standing
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.audit.actors import Actor, Channel
from rembuk.common import clock, reading
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import below_any, few_below

type Somebody = Person | AnonymousUser | None

_CACHE, _UNITS = "_rembuk_rights", "_rembuk_units"
_SHORT = {Standing.PLH.value: "Plh.", Standing.PLT.value: "Plt."}


@dataclass(frozen=True, slots=True)
class Holding:
    """One grant in force, flattened: which permissions it gives and where; ``is_whole`` when given at the instansi.

    ``standing`` names the post that a delegation stands in for («Plh. Kepala Dinas Kesehatan»); empty for one's own.
    """

    grant_id: int
    role_slug: str
    unit_id: int
    unit_code: str
    unit_path: str
    permissions: frozenset[str]
    is_whole: bool = False
    standing: str = ""


def holdings(person: Somebody, at: datetime | None = None) -> tuple[Holding, ...]:
    """The grants in force, in one query, remembered on the person; nobody, suspended and deleted people hold none."""
    if not isinstance(person, Person) or not person.is_active:
        return ()
    cached: tuple[Holding, ...] | None = getattr(person, _CACHE, None)
    if cached is None:
        cached = _load(person, clock.instant(at))
        setattr(person, _CACHE, cached)
    return cached


def were_asked(person: Person) -> bool:
    """Whether the grants of this person were read already, so that asking again costs nothing."""
    return hasattr(person, _CACHE)


# Asked by every page of somebody signed in: written out, for Django takes longer to build it than PostgreSQL to answer.
_IN_FORCE = """
    SELECT g.id, r.slug, u.id, u.code, u.path, r.permissions, u.kind = %s AND u.parent_id IS NULL, g.standing, g.standing_title
    FROM access_grant g JOIN access_role r ON r.id = g.role_id JOIN workunits_workunit u ON u.id = g.unit_id
    WHERE g.person_id = %s AND g.starts_at <= %s AND (g.ends_at IS NULL OR g.ends_at > %s) AND r.is_active AND u.is_active
"""


def _load(person: Person, at: datetime) -> tuple[Holding, ...]:
    reading.refuse("rights")
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [WorkUnit.Kind.INSTANSI.value, person.pk, at, at])
        rows = cursor.fetchall()
    return tuple(
        Holding(
            grant_id=pk,
            role_slug=slug,
            unit_id=uid,
            unit_code=code,
            unit_path=path,
            permissions=frozenset(izin),
            is_whole=is_whole,
            standing=standing_text(standing, title),
        )
        for pk, slug, uid, code, path, izin, is_whole, standing, title in rows
    )


def can(
    person: Somebody, permission: Permission, unit: WorkUnit | None = None, *, exact: bool = False
) -> bool:
    """Whether the person holds the permission in ``unit`` (anywhere when ``None``).

    A grant holds for its unit and all below; with ``exact`` only a grant given in that very unit counts,
    which is how the own entries of a village or subdistrict are protected from above.
    """
    for holding in holdings(person):
        if permission.key not in holding.permissions:
            continue
        if unit is None or holding.unit_id == unit.pk:
            return True
        if not exact and unit.path.startswith(holding.unit_path):
            return True
    return False


def can_everywhere(person: Somebody, permission: Permission) -> bool:
    """Whether the person holds the permission in the whole instansi: what has no unit belongs to all of it."""
    return any(held.is_whole and permission.key in held.permissions for held in holdings(person))


def covered(person: Somebody, permission: Permission) -> Q:
    """Rows with a ``unit`` where the person holds the permission.

    Held in the whole instansi it covers each row that has one: nothing lies outside, and so no unit is looked up.
    """
    if can_everywhere(person, permission):
        return Q(unit__isnull=False)
    return within("unit", paths(person, permission))


def office_for(person: Person, permission: Permission, unit: WorkUnit) -> WorkUnit:
    """The office under which the person uses a permission in ``unit``: of the grants that cover it the nearest.

    Raises:
        LookupError: when no grant covers the unit; ask ``can`` first.
    """
    covering = [
        held
        for held in holdings(person)
        if permission.key in held.permissions and unit.path.startswith(held.unit_path)
    ]
    if not covering:
        raise LookupError(permission.key)
    nearest = max(covering, key=lambda held: len(held.unit_path))
    return unit if nearest.unit_id == unit.pk else WorkUnit.objects.get(pk=nearest.unit_id)


def standing_for(by: Person | Actor, unit: WorkUnit | None, *permissions: Permission) -> str:
    """As what a person uses one of the permissions in ``unit``: «Plh. Kepala Dinas Kesehatan», or empty for her own post.

    A grant of her own post that covers the unit wins; of several delegations the nearest. Kept with the decision, so
    that it stands there when the grant has ended. Commands and jobs stand in for nobody.
    """
    if not isinstance(by, Person) or unit is None:
        return ""
    keys = {permission.key for permission in permissions}
    covering = [
        held for held in holdings(by) if held.permissions & keys and unit.path.startswith(held.unit_path)
    ]
    if not covering or any(not held.standing for held in covering):
        return ""
    return max(covering, key=lambda held: len(held.unit_path)).standing


def standing_text(standing: str, title: str) -> str:
    """How a delegation is named on what is decided under it; official, so in Indonesian whoever reads."""
    if not standing:
        return ""
    return f"{_SHORT[standing]} {title}" if standing in _SHORT else f"{title} (pelimpahan tugas)"


def is_staff(person: Somebody) -> bool:
    """Whether the person holds any permission at all."""
    return any(holding.permissions for holding in holdings(person))


def paths(person: Somebody, permission: Permission) -> list[str]:
    """Paths of the units in which (and below which) the person holds the permission."""
    return sorted({h.unit_path for h in holdings(person) if permission.key in h.permissions})


def shared_paths(person: Somebody, *permissions: Permission) -> list[str]:
    """Paths of the units in which (and below which) the person holds all of these permissions, by whichever grants."""
    held = [paths(person, permission) for permission in permissions]
    return sorted(
        path
        for path in set().union(*held)
        if all(any(path.startswith(own) for own in of_one) for of_one in held)
    )


def few_units(person: Person, unit_paths: Sequence[str]) -> list[int] | None:
    """Keys of the units at or below the paths, remembered on the person; ``None`` if those are too many to name."""
    known: dict[tuple[str, ...], list[int] | None] = vars(person).setdefault(_UNITS, {})
    asked = tuple(unit_paths)
    if asked not in known:
        known[asked] = few_below(asked)
    return known[asked]


def unit_ids(person: Somebody, permission: Permission) -> list[int]:
    """Units in which the permission was granted itself (for what needs an exact grant)."""
    return sorted({h.unit_id for h in holdings(person) if permission.key in h.permissions})


def within(field: str, unit_paths: Sequence[str]) -> Q:
    """The queryset twin of ``can``: rows whose unit, reached by ``field``, lies at or below one of the paths.

    ``field`` names a foreign key to WorkUnit, such as ``"unit"``; no path at all matches no row.
    """
    return reduce(or_, (Q(**{f"{field}__path__startswith": path}) for path in unit_paths), Q(pk__in=[]))


def seek(person: Person, field: str, unit_paths: Sequence[str]) -> Q:
    """``within``, for lists: few units are named by their keys, so that the planner knows how much lies there and seeks it;
    by their paths it may join all rows with their units. One short statement more.
    """
    units = few_units(person, unit_paths)
    return within(field, unit_paths) if units is None else Q(**{f"{field}__in": units})


def units_for(person: Somebody, permission: Permission) -> QuerySet[WorkUnit]:
    """Active units in which the person holds the permission, by a grant there or above, in tree order."""
    return below_any(paths(person, permission)).filter(is_active=True).order_by("path")


def acting(person: Person, *, on_behalf_of: str = "", channel: Channel = "web", address: str = "") -> Actor:
    """The person as the audit trail remembers them: reference, roles and unit at this moment.

    A role held by a delegation is told with the post: «unit-admin: Plh. Kepala Dinas Kesehatan».
    """
    held = holdings(person)
    return Actor(
        person_id=person.pk,
        label=person.name,
        roles=tuple(sorted({f"{h.role_slug}: {h.standing}" if h.standing else h.role_slug for h in held})),
        unit_id=held[0].unit_id if held else None,
        unit_code=held[0].unit_code if held else "",
        on_behalf_of=on_behalf_of,
        channel=channel,
        address=address,
    )


def actor_of(by: Person | Actor, *, on_behalf_of: str = "") -> Actor:
    """Whoever acts as the trail remembers them: a person by their grants, a command or job as itself."""
    return by if isinstance(by, Actor) else acting(by, on_behalf_of=on_behalf_of)
