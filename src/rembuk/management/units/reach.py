"""Whose rights over units change when they move: people with roles above the old place, and above the new one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rembuk.access.holders import grants_in_force
from rembuk.access.models import Grant
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.tree import chain


@dataclass(frozen=True, slots=True)
class Post:
    """A role in a unit through which people gain or lose, and how many of them hold it."""

    role: str
    unit: str
    people: int


@dataclass(frozen=True, slots=True)
class Shift:
    """People who lose or gain rights over what moves, and the roles this comes through."""

    losing: int = 0
    gaining: int = 0
    lost: list[Post] = field(default_factory=list)
    gained: list[Post] = field(default_factory=list)


def shift_of_rights(units: Sequence[WorkUnit], parent: WorkUnit, at: datetime | None = None) -> Shift:
    """What the move of these units below ``parent`` takes from whom and gives to whom, in one query.

    Somebody who has the same permissions on both sides, or a role in the unit itself, loses and gains nothing.
    """
    new = set(chain(parent.path))
    old = {unit.pk: set(chain(unit.path)[:-1]) for unit in units}
    paths = new.union(*old.values(), {unit.path for unit in units})
    rows = list(
        grants_in_force(at)
        .filter(unit__path__in=paths)
        .select_related("role", "unit")
        .order_by("unit__path", "role__position")
    )
    losing, gaining, lost, gained = (
        set[int](),
        set[int](),
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
    )
    for unit in units:
        before = _held(rows, old[unit.pk] | {unit.path})
        after = _held(rows, new | {unit.path})
        losing |= {person for person, keys in before.items() if keys - after[person]}
        gaining |= {person for person, keys in after.items() if keys - before[person]}
        lost |= _posts(rows, old[unit.pk] - new, losing)
        gained |= _posts(rows, new - old[unit.pk], gaining)
    return Shift(len(losing), len(gaining), _told(lost), _told(gained))


def _held(rows: Iterable[Grant], paths: set[str]) -> defaultdict[int, set[str]]:
    held: defaultdict[int, set[str]] = defaultdict(set)
    for grant in rows:
        if grant.unit.path in paths:
            held[grant.person_id] |= set(grant.role.permissions)
    return held


def _posts(rows: Iterable[Grant], paths: set[str], people: set[int]) -> Counter[tuple[str, str]]:
    seen = {
        (grant.role.label, grant.unit.name, grant.person_id)
        for grant in rows
        if grant.unit.path in paths and grant.person_id in people
    }
    return Counter((role, unit) for role, unit, _person in seen)


def _told(posts: Counter[tuple[str, str]]) -> list[Post]:
    return [Post(role, unit, people) for (role, unit), people in sorted(posts.items())]
