"""Work units: made below others, moved with all below and the rights that go with it, retired."""

from dataclasses import replace

import pytest

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.management.actions import units as actions
from rembuk.management.facts import Succession, UnitFacts
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

pytestmark = pytest.mark.django_db
FACTS = UnitFacts(code="1.03.02", name="Bidang Cipta Karya", kind="division")
WHY = "Perda tentang susunan perangkat daerah"


def facts(unit: WorkUnit, **changes: object) -> UnitFacts:
    """What is said of a unit, with changes."""
    return replace(UnitFacts(**{name: getattr(unit, name) for name in FACTS.values()}), **changes)  # type: ignore[arg-type]


def again(person: Person) -> Person:
    """The person as the next request reads her, with her rights unread."""
    return Person.objects.get(pk=person.pk)


def paths_fit() -> bool:
    """Whether every path is its parent's with the unit's own step behind it."""
    units = WorkUnit.objects.select_related("parent")
    return all(unit.path == tree.path_of(unit.pk, unit.parent) for unit in units)


def test_create_hangs_the_unit_below_and_the_rights_above_hold_in_it() -> None:
    place = scenes.regency()
    made = actions.create_unit(FACTS, parent=place.works, by=people.staff("administrator", place.root))
    assert (made.parent, made.path.startswith(place.works.path), paths_fit()) == (place.works, True, True)
    assert rights.can(people.staff("moderator", place.works), izin.PROPOSAL_MODERATE, made)
    assert AuditEntry.objects.get(verb="unit.created").after["parent"] == place.works.code


def test_create_with_a_taken_code_is_refused_at_the_field() -> None:
    place = scenes.regency()
    twin, admin = replace(FACTS, code=place.health.code), people.staff("administrator", place.root)
    with pytest.raises(Invalid) as refusal:
        actions.create_unit(twin, parent=place.works, by=admin)
    assert list(refusal.value.fields) == ["code"]


def test_create_of_a_second_instansi_is_refused() -> None:
    place = scenes.regency()
    second, admin = replace(FACTS, kind="instansi"), people.staff("administrator", place.root)
    with pytest.raises(Invalid) as refusal:
        actions.create_unit(second, parent=place.root, by=admin)
    assert list(refusal.value.fields) == ["kind"]


def test_create_below_a_unit_of_others_is_denied() -> None:
    place = scenes.regency()
    with pytest.raises(Denied):
        actions.create_unit(FACTS, parent=place.health, by=people.staff("administrator", place.works))


def test_change_records_before_and_after() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    actions.change_unit(place.works, facts(place.works, name="Dinas PUPR", phone="(021) 555"), by=admin)
    entry = AuditEntry.objects.get(verb="unit.changed")
    assert entry.before == {"name": "Dinas Pekerjaan Umum", "phone": ""}
    assert entry.after == {"name": "Dinas PUPR", "phone": "(021) 555"}
    actions.change_unit(place.works, facts(place.works, name="Dinas PUPR", phone="(021) 555"), by=admin)
    assert AuditEntry.objects.filter(verb="unit.changed").count() == 1


def test_move_takes_all_below_along_and_the_rights_of_the_old_place_end() -> None:
    place = scenes.regency()
    before, after = people.staff("moderator", place.works), people.staff("moderator", place.health)
    below = tree.plant(code="SEKSI", name="Seksi Jalan", kind="division", parent=place.roads)
    actions.move_unit(place.roads, place.health, by=people.staff("administrator", place.root), reason=WHY)
    below.refresh_from_db()
    assert paths_fit()
    assert below.path.startswith(place.health.path)
    assert not rights.can(before, izin.PROPOSAL_MODERATE, below)
    assert rights.can(after, izin.PROPOSAL_MODERATE, below)
    entry = AuditEntry.objects.get(verb="unit.moved")
    assert (entry.before["parent"], entry.after["parent"], entry.reason) == (
        place.works.code,
        place.health.code,
        WHY,
    )


def test_move_below_itself_or_where_it_hangs_is_refused_and_changes_nothing() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    with pytest.raises(Invalid):
        actions.move_unit(place.works, place.roads, by=admin, reason=WHY)
    with pytest.raises(WrongState):
        actions.move_unit(place.works, place.root, by=admin, reason=WHY)
    assert paths_fit()


def test_move_of_the_instansi_is_denied() -> None:
    place, other = scenes.regency(), scenes.regency()
    admin = people.staff("administrator", place.root)
    people.grant(admin, "administrator", other.root)
    with pytest.raises(Denied):
        actions.move_unit(place.root, other.works, by=again(admin), reason=WHY)


def test_move_out_of_somebody_elses_unit_or_into_it_is_denied() -> None:
    place = scenes.regency()
    manager = people.staff("administrator", place.roads)
    people.grant(manager, "administrator", place.subdistrict)
    with pytest.raises(Denied):
        actions.move_unit(place.roads, place.subdistrict, by=again(manager), reason=WHY)
    with pytest.raises(Denied):
        actions.move_unit(place.village, place.health, by=again(manager), reason=WHY)


def test_move_of_a_unit_imported_flat_brings_it_below_the_instansi() -> None:
    place = scenes.regency()
    flat = tree.plant(code="FLAT", name="Dinas Perikanan", kind="agency")
    with pytest.raises(Denied):
        actions.move_unit(flat, place.works, by=people.staff("administrator", place.works), reason=WHY)
    actions.move_unit(flat, place.root, by=people.staff("administrator", place.root), reason=WHY)
    flat.refresh_from_db()
    assert flat.path.startswith(place.root.path)


def test_move_that_makes_the_tree_too_deep_is_refused() -> None:
    place = scenes.regency()
    deep = place.health
    for number in range(20):
        deep = tree.plant(code=f"L{number}", name=f"Lapis {number}", kind="division", parent=deep)
    with pytest.raises(Invalid):
        actions.move_unit(place.works, deep, by=people.staff("administrator", place.root), reason=WHY)


def test_retire_ends_the_roles_given_there_and_restore_brings_back_the_unit_alone() -> None:
    place = scenes.regency()
    admin, moderator = people.staff("administrator", place.root), people.staff("moderator", place.roads)
    actions.retire_unit(place.roads, by=admin, reason=WHY)
    assert not rights.can(again(moderator), izin.PROPOSAL_MODERATE, place.roads)
    with pytest.raises(WrongState):
        actions.create_unit(FACTS, parent=place.roads, by=admin)
    with pytest.raises(WrongState):
        actions.move_unit(place.village, place.roads, by=admin, reason=WHY)
    actions.restore_unit(place.roads, by=admin, reason=WHY)
    place.roads.refresh_from_db()
    assert (place.roads.is_active, place.roads.retired_at) == (True, None)
    assert not rights.can(again(moderator), izin.PROPOSAL_MODERATE, place.roads)
    verbs = (
        AuditEntry.objects.filter(target_key=place.roads.code).order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["unit.retired", "unit.restored"]


def test_retire_and_restore_refuse_what_is_done_or_would_leave_orphans() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    with pytest.raises(WrongState):
        actions.retire_unit(place.works, by=admin, reason=WHY)
    with pytest.raises(WrongState):
        actions.restore_unit(place.works, by=admin, reason=WHY)
    with pytest.raises(Denied):
        actions.retire_unit(place.root, by=admin, reason=WHY)
    actions.retire_unit(place.roads, by=admin, reason=WHY)
    with pytest.raises(WrongState):
        actions.retire_unit(place.roads, by=admin, reason=WHY)
    actions.retire_unit(place.works, Succession(successor=place.health), by=admin, reason=WHY)
    with pytest.raises(WrongState):
        actions.restore_unit(place.roads, by=admin, reason=WHY)


def test_retire_of_ones_own_top_unit_is_denied() -> None:
    place = scenes.regency()
    with pytest.raises(Denied):
        actions.retire_unit(place.roads, by=people.staff("administrator", place.roads), reason=WHY)
