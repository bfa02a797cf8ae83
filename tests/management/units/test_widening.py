"""Nobody widens rights by moving units: not their own, nor those of others by what they lack there themselves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.audit.actors import command_actor
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import DomainError, Invalid
from rembuk.management.actions import units as actions
from rembuk.management.actions.units.sheet import import_units
from rembuk.management.facts import Succession
from rembuk.management.units.records import Record
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = "Perda susunan perangkat daerah"
NOW = datetime.now(UTC)


def organiser(place: scenes.Regency, *more: str) -> Person:
    """Somebody who manages the units of the whole instansi, and has nothing else there than ``more``."""
    keys = ["desk.enter", "unit.manage", *more]
    role = Role.objects.create(slug="penata", name="Penata", name_en="Organiser", permissions=keys)
    person = people.citizen("Rina Organisasi")
    Grant.objects.create(person=person, role=role, unit=place.root, starts_at=people.LONG_AGO)
    return person


def by_sheet(place: scenes.Regency, by: Person) -> None:
    """Hang the works agency below the health agency by a sheet; what it refuses is raised."""
    plan = import_units([Record(2, place.works.code, parent_code=place.health.code)], by=by, reason=WHY)
    if plan.problems:
        raise Invalid(plan.problems[0][1])


def by_sheet_in_a_new_unit(place: scenes.Regency, by: Person) -> None:
    """The same, with a unit between that the sheet makes."""
    texts = {"name": "Bidang Antara"}
    between = Record(2, "ANTARA", texts=texts, kind="division", parent_code=place.health.code)
    plan = import_units([Record(3, place.works.code, parent_code="ANTARA"), between], by=by, reason=WHY)
    if plan.problems:
        raise Invalid(plan.problems[0][1])


def by_retiring(place: scenes.Regency, by: Person) -> None:
    """Retire the works agency into the health agency: its division goes along."""
    way = Succession(successor=place.health, takes_children=True)
    actions.retire_unit(place.works, way, by=by, reason=WHY)


type Way = Callable[[scenes.Regency, Person], object]
WAYS: dict[str, Way] = {
    "one": lambda place, by: actions.move_unit(place.works, place.health, by=by, reason=WHY),
    "several": lambda place, by: actions.move_units([place.works], place.health, by=by, reason=WHY),
    "sheet": by_sheet,
    "sheet with a new unit": by_sheet_in_a_new_unit,
    "retiring": by_retiring,
    "retiring several": lambda place, by: actions.retire_units(
        [place.roads, place.works], place.health, by=by, reason=WHY
    ),
}


def nothing_moved(place: scenes.Regency) -> bool:
    """Whether the works agency and its division are where they were, and no entry tells of a move."""
    works, roads = (WorkUnit.objects.get(pk=unit.pk) for unit in (place.works, place.roads))
    stay = (works.path, roads.path, works.is_active) == (place.works.path, place.roads.path, True)
    return stay and not AuditEntry.objects.filter(verb__in=["unit.moved", "unit.retired"]).exists()


@pytest.mark.parametrize("way", WAYS)
def test_no_move_gives_whoever_moves_a_right_over_what_moves(way: str) -> None:
    place = scenes.regency()
    mover = organiser(place)
    people.grant(mover, "unit-admin", place.health)
    with pytest.raises(DomainError) as refusal:
        WAYS[way](place, mover)
    said = str(refusal.value) + str(getattr(refusal.value, "fields", ""))
    assert "Anda sendiri akan memperoleh hak tambahan" in said
    assert nothing_moved(place)
    again = Person.objects.get(pk=mover.pk)
    for unit in (place.works, place.roads):
        assert not rights.can(again, izin.GRANT_MANAGE, WorkUnit.objects.get(pk=unit.pk))


@pytest.mark.parametrize("way", WAYS)
def test_no_move_gives_others_what_whoever_moves_lacks_there(way: str) -> None:
    place = scenes.regency()
    mover, helped = organiser(place), people.staff("moderator", place.health)
    with pytest.raises(DomainError) as refusal:
        WAYS[way](place, mover)
    said = str(refusal.value) + str(getattr(refusal.value, "fields", ""))
    assert "Moderator (Dinas Kesehatan)" in said
    assert nothing_moved(place)
    works = WorkUnit.objects.get(pk=place.works.pk)
    assert not rights.can(Person.objects.get(pk=helped.pk), izin.PROPOSAL_MODERATE, works)


@pytest.mark.parametrize("way", WAYS)
def test_who_holds_there_what_others_gain_moves(way: str) -> None:
    place = scenes.regency()
    mover = organiser(place, *Role.objects.get(slug="moderator").permissions)
    helped = people.staff("moderator", place.health)
    WAYS[way](place, mover)
    gone = WorkUnit.objects.get(pk=place.works.pk)
    assert gone.path.startswith(place.health.path) or not gone.is_active
    kept = place.health if not gone.is_active else gone
    assert rights.can(Person.objects.get(pk=helped.pk), izin.PROPOSAL_MODERATE, kept)


def test_a_role_still_to_come_and_one_of_a_suspended_person_count() -> None:
    place = scenes.regency()
    mover, later = organiser(place), people.citizen()
    held = people.grant(later, "moderator", place.health, starts_at=NOW + timedelta(days=3))
    for change in ({"starts_at": NOW + timedelta(days=3)}, {"starts_at": people.LONG_AGO}):
        Grant.objects.filter(pk=held.pk).update(**change)
        with pytest.raises(Invalid):
            WAYS["one"](place, mover)
        Person.objects.filter(pk=later.pk).update(is_active=False)
    Grant.objects.filter(pk=held.pk).update(ends_at=NOW - timedelta(days=1))
    WAYS["one"](place, mover)


@pytest.mark.parametrize(
    ("old", "new", "is_fine"),
    [
        ({}, {}, True),
        ({}, {"ends_at": NOW + timedelta(days=9)}, True),
        ({"ends_at": NOW + timedelta(days=9)}, {"ends_at": NOW + timedelta(days=9)}, True),
        ({"ends_at": NOW + timedelta(days=9)}, {}, False),
        ({"ends_at": NOW + timedelta(days=9)}, {"ends_at": NOW + timedelta(days=10)}, False),
        ({"starts_at": NOW + timedelta(days=9)}, {"starts_at": NOW + timedelta(days=9)}, True),
        ({"starts_at": NOW + timedelta(days=9)}, {"starts_at": NOW + timedelta(days=8)}, False),
        ({"starts_at": NOW + timedelta(days=9)}, {}, False),
    ],
)
def test_nobody_lengthens_rights_of_their_own_by_a_move(
    old: dict[str, datetime], new: dict[str, datetime], is_fine: bool
) -> None:
    place = scenes.regency()
    mover = organiser(place)
    people.grant(mover, "moderator", place.works, **old)
    people.grant(mover, "moderator", place.health, **new)
    if not is_fine:
        with pytest.raises(Invalid):
            WAYS["one"](place, mover)
        assert nothing_moved(place)
    else:
        WAYS["one"](place, mover)


def test_a_right_still_to_come_is_not_one_to_give_on() -> None:
    place = scenes.regency()
    mover = organiser(place)
    people.grant(mover, "moderator", place.works, starts_at=NOW + timedelta(days=1))
    people.staff("moderator", place.health)
    with pytest.raises(Invalid):
        WAYS["one"](place, mover)


def test_retired_roles_give_nothing_and_many_roles_are_not_all_named() -> None:
    place = scenes.regency()
    mover = organiser(place)
    for number in range(7):
        role = Role.objects.create(
            slug=f"r{number}", name=f"Peran {number}", name_en=f"Role {number}", permissions=["proposal.read"]
        )
        Grant.objects.create(person=people.citizen(), role=role, unit=place.health, starts_at=NOW)
    with pytest.raises(Invalid) as refusal:
        WAYS["one"](place, mover)
    said = str(refusal.value.fields["parent"][0])
    assert said.count("(Dinas Kesehatan)") == 5
    assert "…" in said
    Role.objects.filter(slug__startswith="r").exclude(slug__contains="-").filter(position=0).update(
        is_active=False
    )
    WAYS["one"](place, mover)


def test_a_unit_outside_of_every_tree_is_taken_in_by_the_instansi() -> None:
    place = scenes.regency()
    flat = tree.plant(code="LEPAS", name="Dinas Lepas", kind="agency")
    people.staff("moderator", place.health)
    mover = people.staff("administrator", place.root)
    actions.move_unit(flat, place.health, by=mover, reason=WHY)
    assert WorkUnit.objects.get(pk=flat.pk).parent == place.health


def test_a_sheet_of_a_command_moves_and_retires_what_it_says() -> None:
    place = scenes.regency()
    people.staff("moderator", place.health)
    held = people.staff("moderator", place.village)
    rows = [
        Record(2, place.works.code, parent_code=place.health.code),
        Record(3, place.village.code, is_active=False),
    ]
    assert import_units(rows, by=command_actor("test"), reason=WHY).problems == []
    assert WorkUnit.objects.get(pk=place.works.pk).parent == place.health
    assert not rights.is_staff(Person.objects.get(pk=held.pk))


def test_rows_that_hang_on_a_ring_or_on_a_code_that_is_not_there_are_refused() -> None:
    place = scenes.regency()
    texts = {"name": "Bidang"}
    rows = [
        Record(number, code, texts=dict(texts), kind="division", parent_code=above)
        for number, (code, above) in enumerate(
            [("R1", "R2"), ("R2", "R1"), ("N", "R1"), ("M", "TIADA"), ("K", "M")], start=2
        )
    ]
    rows.append(Record(7, place.works.code, parent_code="R1"))
    plan = import_units(rows, by=people.staff("administrator", place.root), reason=WHY)
    assert {row for row, _words in plan.problems} >= {2, 3, 5}
    assert nothing_moved(place)
