"""Moving units: several at once, whose rights change, and two moves at one moment that would make a ring."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, DomainError, Invalid
from rembuk.management.actions import units as actions
from rembuk.management.facts import UnitFacts
from rembuk.management.units.reach import Post, Shift, shift_of_rights
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

WHY = "Perda susunan perangkat daerah"


def paths_fit() -> bool:
    """Whether every path is its parent's with the unit's own step behind it: no ring, nothing adrift."""
    units = WorkUnit.objects.select_related("parent")
    return all(unit.path == tree.path_of(unit.pk, unit.parent) for unit in units)


def together(*acts: Callable[[], object]) -> list[DomainError]:
    """Do all acts at the same moment, each on a connection of its own; returns the refusals."""
    start, refusals = threading.Barrier(len(acts)), list[DomainError]()

    def run(act: Callable[[], object]) -> None:
        start.wait(timeout=10)
        try:
            act()
        except DomainError as refusal:
            refusals.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return refusals


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", range(5))
def test_two_moves_below_each_other_at_once_make_no_ring(_again: int) -> None:
    place = scenes.regency()
    one, two = people.staff("administrator", place.root), people.staff("administrator", place.root)
    refusals = together(
        lambda: actions.move_unit(place.works, place.health, by=one, reason=WHY),
        lambda: actions.move_unit(place.health, place.works, by=two, reason=WHY),
    )
    assert [type(refusal) for refusal in refusals] == [Invalid]
    assert paths_fit()


@pytest.mark.django_db
def test_judged_by_places_read_before_the_lock_the_same_two_moves_make_a_ring(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place, by = scenes.regency(), None
    by = people.staff("administrator", place.root)
    works, health = (WorkUnit.objects.get(pk=unit.pk) for unit in (place.works, place.health))
    monkeypatch.setattr("rembuk.management.actions.units.moving.again", lambda unit: unit)
    actions.move_unit(place.works, place.health, by=by, reason=WHY)
    actions.move_unit(health, works, by=by, reason=WHY)
    assert not paths_fit()


@pytest.mark.django_db(transaction=True)
def test_two_units_with_one_code_at_once_leave_one() -> None:
    place = scenes.regency()
    one, two = people.staff("administrator", place.root), people.staff("administrator", place.root)
    facts = UnitFacts(code="1.03.02", name="Bidang Cipta Karya", kind="division")
    refusals = together(
        lambda: actions.create_unit(facts, parent=place.works, by=one),
        lambda: actions.create_unit(facts, parent=place.health, by=two),
    )
    assert [type(refusal) for refusal in refusals] == [Invalid]
    assert WorkUnit.objects.filter(code="1.03.02").count() == 1


@pytest.mark.django_db
def test_several_move_under_one_mark_and_those_that_hang_there_stay() -> None:
    place, by = scenes.regency(), None
    by = people.staff("administrator", place.root)
    units = [place.subdistrict, place.roads, place.works]
    assert actions.move_units(units, place.health, by=by, reason=WHY) == 3
    assert paths_fit()
    entries = AuditEntry.objects.filter(verb="unit.moved")
    assert (len(set(entries.values_list("bulk", flat=True))), {entry.reason for entry in entries}) == (
        1,
        {WHY},
    )
    assert actions.move_units([place.works, place.roads], place.health, by=by, reason=WHY) == 0


@pytest.mark.django_db
def test_several_are_moved_all_or_none() -> None:
    place = scenes.regency()
    outside = people.staff("administrator", place.works)
    people.grant(outside, "administrator", place.subdistrict)
    with pytest.raises(Denied):
        actions.move_units([place.roads, place.health], place.subdistrict, by=outside, reason=WHY)
    with pytest.raises(Invalid):
        actions.move_units(
            [place.subdistrict, place.works],
            place.roads,
            by=people.staff("administrator", place.root),
            reason=WHY,
        )
    for unit, parent in ((place.roads, place.works), (place.subdistrict, place.root)):
        unit.refresh_from_db()
        assert unit.parent == parent


@pytest.mark.django_db
def test_rights_shift_from_those_above_the_old_place_to_those_above_the_new() -> None:
    place = scenes.regency()
    people.staff("administrator", place.root)
    people.staff("moderator", place.works)
    people.staff("moderator", place.works)
    people.staff("assessor", place.health)
    people.staff("moderator", place.roads)
    both = people.staff("moderator", place.works)
    people.grant(both, "moderator", place.health)
    assert shift_of_rights([place.roads], place.health) == Shift(
        losing=2,
        gaining=1,
        lost=[Post("Moderator", "Dinas Pekerjaan Umum", 2)],
        gained=[Post("Penelaah", "Dinas Kesehatan", 1)],
    )
    assert shift_of_rights([place.roads], place.works) == Shift()


@pytest.mark.django_db
def test_of_two_roles_of_one_person_only_what_differs_counts() -> None:
    place = scenes.regency()
    person = people.staff("assessor", place.works)
    people.grant(person, "unit-admin", place.health)
    shift = shift_of_rights([place.roads], place.health)
    assert (shift.losing, shift.gaining) == (0, 1)


@pytest.mark.django_db
def test_describing_several_is_denied_whole_beyond_ones_units_and_needs_something_to_say() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.works)
    with pytest.raises(Denied):
        actions.describe_units([place.roads, place.health], by=by, reason=WHY, kind="upt")
    with pytest.raises(Invalid):
        actions.describe_units([place.roads], by=by, reason=WHY)
    place.roads.refresh_from_db()
    assert place.roads.kind == "division"


@pytest.mark.django_db
def test_the_chain_of_a_unit_leads_from_the_top_to_itself() -> None:
    place = scenes.regency()
    assert tree.chain(place.roads.path) == [place.root.path, place.works.path, place.roads.path]
    assert tree.chain(place.root.path) == [place.root.path]
