"""Whom a change of a role affects: exact counts, and for the first grants what each person gains, loses, or keeps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from rembuk.access.holders import grants_in_force
from rembuk.access.models import Grant, Role
from rembuk.management.roles import selectors
from rembuk.management.roles.states import RoleState

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Effect:
    """One grant the change reaches. ``kept`` of what the role loses she still has there by other grants in force;
    ``had`` of what it gains she has there already."""

    grant: Grant
    kept: frozenset[str]
    had: frozenset[str]


@dataclass(frozen=True, slots=True)
class Effects:
    """What holders gain and lose by it, how many people in how many units, and the first of them."""

    gained: frozenset[str]
    lost: frozenset[str]
    people: int
    units: int
    grants: int
    first: tuple[Effect, ...]


def effects(role: Role, before: RoleState, after: RoleState, at: datetime | None = None) -> Effects:
    """What the change does to whom, in three queries however many hold the role."""
    gained, lost = after.given - before.given, before.given - after.given
    reached = selectors.reached(role, at)
    counts = reached.order_by().aggregate(
        people=Count("person", distinct=True), units=Count("unit", distinct=True), grants=Count("pk")
    )
    shown = list(reached[:MOST_SHOWN])
    others = _others(shown, role, at)
    first = tuple(_effect(grant, others, gained, lost) for grant in shown)
    return Effects(gained, lost, **counts, first=first)


def _others(shown: Sequence[Grant], role: Role, at: datetime | None) -> list[Grant]:
    """What the same people hold now by other roles."""
    wanted = {grant.person_id for grant in shown}
    held = grants_in_force(at).filter(person__in=wanted).exclude(role=role)
    return list(held.select_related("role", "unit"))


def _effect(grant: Grant, others: Iterable[Grant], gained: frozenset[str], lost: frozenset[str]) -> Effect:
    beside: set[str] = set()
    for other in others:
        if other.person_id == grant.person_id and grant.unit.path.startswith(other.unit.path):
            beside.update(other.role.permissions)
    return Effect(grant, kept=lost & beside, had=gained & beside)
