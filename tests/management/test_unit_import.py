"""Sheets of units: exported and brought in again nothing changes; rows in any order, all or none, by the same rules."""

import csv
import io
from functools import partial
from pathlib import Path

import pytest
from django.utils.translation import override

from rembuk.accounts.models import Person
from rembuk.audit.actors import command_actor
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid, WrongState
from rembuk.management.actions.units.listing import load_units
from rembuk.management.actions.units.sheet import import_units, rehearse
from rembuk.management.units import records
from rembuk.management.units.planning import Plan
from rembuk.management.units.records import COLUMNS, guarded, read_records, rows_of
from rembuk.workunits import tree
from rembuk.workunits.models import FormerCode, WorkUnit
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = "Perda susunan perangkat daerah"
NEW = {"code": "1.05", "name": "Dinas Sosial", "kind": "agency"}


def sheet(tmp_path: Path, *rows: dict[str, str], head: tuple[str, ...] = ()) -> Path:
    """A CSV of these rows; its columns are all that occur."""
    names = head or tuple(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path / "unit.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def bring(tmp_path: Path, by: Person, *rows: dict[str, str]) -> Plan:
    """Import these rows."""
    return import_units(read_records(sheet(tmp_path, *rows)), by=by, reason=WHY)


def said(plan: Plan) -> dict[int, str]:
    """What is wrong, by row."""
    return dict(plan.problems)


def whole(tmp_path: Path) -> Path:
    """The whole tree as a file."""
    units = WorkUnit.objects.select_related("parent", "region").order_by("path")
    rows = [
        dict(zip(COLUMNS, map(partial(guarded, is_csv=True), row), strict=True)) for row in rows_of(units)
    ]
    return sheet(tmp_path, *rows, head=COLUMNS)


def test_the_exported_tree_brought_in_again_changes_nothing(tmp_path: Path) -> None:
    place = scenes.regency()
    WorkUnit.objects.filter(pk=place.works.pk).update(
        region=scenes.village_region(), phone="+62 293 555", address="-", head_name="'=A", email="a@contoh.id"
    )
    WorkUnit.objects.filter(pk=place.village.pk).update(is_active=False)
    before = list(WorkUnit.objects.order_by("pk").values())
    plan = import_units(
        read_records(whole(tmp_path)), by=people.staff("administrator", place.root), reason=WHY
    )
    assert (plan.problems, plan.unchanged) == ([], 6)
    assert list(WorkUnit.objects.order_by("pk").values()) == before
    assert not AuditEntry.objects.filter(verb__startswith="unit.").exists()


def test_an_exported_tree_makes_the_same_tree_where_there_is_none(tmp_path: Path) -> None:
    place = scenes.regency()
    tree.plant(code="MATI", name="Seksi lama", kind="division", parent=place.roads, is_active=False)
    path = whole(tmp_path)
    wanted = {row.code: row for row in read_records(path)}
    below = WorkUnit.objects.exclude(pk=place.root.pk)
    place.category.delete()
    place.other_category.delete()
    below.update(parent=place.root)
    below.delete()
    plan = import_units(list(wanted.values()), by=people.staff("administrator", place.root), reason=WHY)
    assert (plan.problems, len(plan.made())) == ([], 6)
    assert {row.code: row for row in read_records(whole(tmp_path))} == wanted
    units = WorkUnit.objects.select_related("parent")
    assert all(unit.path == tree.path_of(unit.pk, unit.parent) for unit in units)
    retired = WorkUnit.objects.get(code="MATI")
    assert (retired.is_active, retired.retired_at is None) == (False, False)


def test_parents_may_stand_after_their_children(tmp_path: Path) -> None:
    place = scenes.regency()
    with override("id"):
        division = str(WorkUnit.Kind.DIVISION.label)
    plan = bring(
        tmp_path,
        people.staff("administrator", place.root),
        {"code": "C", "name": "Seksi", "kind": "division", "parent_code": "B"},
        {"code": "B", "name": "Bidang", "kind": division, "parent_code": "A"},
        {"code": "A", "name": "Dinas", "kind": "Agency", "parent_code": place.root.code},
    )
    assert plan.problems == []
    assert WorkUnit.objects.get(code="C").parent == WorkUnit.objects.get(code="B")
    assert WorkUnit.objects.get(code="C").path.startswith(WorkUnit.objects.get(code="A").path)
    entries = AuditEntry.objects.filter(verb="unit.created")
    assert {entry.target_key for entry in entries} == {"A", "B", "C"}
    imported = AuditEntry.objects.get(verb="unit.imported")
    assert (imported.after["created"], imported.reason, imported.bulk) == (3, WHY, entries[0].bulk)


def test_changes_and_moves_are_told_with_before_and_after(tmp_path: Path) -> None:
    place = scenes.regency()
    plan = bring(
        tmp_path,
        people.staff("administrator", place.root),
        {"code": place.roads.code, "parent_code": place.health.code, "head_name": "Kepala Bidang"},
        {"code": place.health.code, "parent_code": place.root.code, "head_name": ""},
    )
    assert (plan.problems, plan.unchanged) == ([], 1)
    place.roads.refresh_from_db()
    assert (place.roads.parent, place.roads.head_name) == (place.health, "Kepala Bidang")
    assert place.roads.path.startswith(place.health.path)
    entry = AuditEntry.objects.get(verb="unit.changed")
    assert (entry.before, entry.after) == ({"head_name": ""}, {"head_name": "Kepala Bidang"})


def test_a_parent_and_its_child_may_change_places(tmp_path: Path) -> None:
    place = scenes.regency()
    plan = bring(
        tmp_path,
        people.staff("administrator", place.root),
        {"code": place.works.code, "parent_code": place.roads.code},
        {"code": place.roads.code, "parent_code": place.root.code},
    )
    assert plan.problems == []
    place.works.refresh_from_db()
    assert place.works.parent == place.roads
    assert all(
        unit.path == tree.path_of(unit.pk, unit.parent) for unit in WorkUnit.objects.select_related("parent")
    )


def test_what_is_wrong_is_said_by_row_and_nothing_is_written(tmp_path: Path) -> None:
    place = scenes.regency()
    FormerCode.objects.create(code="LAMA", unit=place.works, since="2026-01-01T00:00Z")
    above = {"parent_code": place.root.code}
    rows = [
        {**NEW, **above},
        {**NEW, "code": "", **above},
        {**NEW, "code": "a/b", **above},
        {**NEW, "code": "impor", **above},
        {**NEW, **above},
        {**NEW, "code": "N1", "name": "", **above},
        {**NEW, "code": "N2", "kind": "kantor", **above},
        {**NEW, "code": "N3", "parent_code": "TIADA"},
        {**NEW, "code": "N4", "parent_code": ""},
        {**NEW, "code": "LAMA", **above},
        {**NEW, "code": "N5", "region_code": "99.99", **above},
        {**NEW, "code": "N6", "email": "bukan", **above},
        {**NEW, "code": "N7", "phone": "0" * 31, **above},
        {**NEW, "code": "N8", "active": "mungkin", **above},
        {**NEW, "code": "N9", "kind": "instansi", **above},
        {**NEW, "code": "R1", "parent_code": "R2"},
        {**NEW, "code": "R2", "parent_code": "R1"},
        {"code": place.root.code, "parent_code": place.works.code, "kind": "instansi", "name": "Kabupaten"},
        {"code": "N10", **above},
    ]
    plan = bring(tmp_path, people.staff("administrator", place.root), *rows)
    assert set(said(plan)) == set(range(3, 21))
    assert WorkUnit.objects.count() == 6
    assert not AuditEntry.objects.filter(verb__startswith="unit.").exists()
    assert "TIADA" in said(plan)[9]
    assert "Dinas Pekerjaan Umum" in said(plan)[11]


def test_missing_columns_say_nothing_but_a_new_unit_needs_them(tmp_path: Path) -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    plan = bring(tmp_path, by, {"code": "BARU", "parent_code": place.root.code})
    assert len(plan.problems) == 2
    assert bring(tmp_path, by, {"code": place.works.code}).unchanged == 1


def test_rows_beyond_ones_units_are_refused_and_unchanged_ones_pass(tmp_path: Path) -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.works)
    plan = bring(
        tmp_path,
        by,
        {**NEW, "parent_code": place.roads.code, "head_name": ""},
        {
            "code": place.health.code,
            "name": "Dinas Kesehatan",
            "kind": "agency",
            "parent_code": place.root.code,
        },
        {
            "code": place.subdistrict.code,
            "name": "Lain",
            "kind": "subdistrict",
            "parent_code": place.root.code,
        },
        {**NEW, "code": "N1", "parent_code": place.health.code},
        {"code": place.roads.code, "name": "Bidang", "kind": "division", "parent_code": place.health.code},
        {**NEW, "code": "N2", "parent_code": "1.05"},
        {"code": place.works.code, "name": "Dinas PU", "kind": "agency", "parent_code": place.roads.code},
    )
    assert set(said(plan)) == {4, 5, 6, 8}


def test_retiring_by_a_sheet_only_where_nothing_is_open_and_back_again(tmp_path: Path) -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    held = people.staff("moderator", place.roads)
    closed = [{"code": unit.code, "active": "tidak"} for unit in (place.works, place.subdistrict, place.root)]
    assert set(said(bring(tmp_path, by, *closed))) == {2, 3, 4}
    rows = [{"code": place.roads.code, "active": "no"}, {"code": place.village.code, "active": "0"}]
    assert bring(tmp_path, by, *rows).problems == []
    assert WorkUnit.objects.filter(is_active=False, retired_at__isnull=False).count() == 2
    assert held.grants.get().ends_at is not None
    assert set(said(bring(tmp_path, by, {"code": place.works.code, "active": "tidak"}))) == {2}
    below = {"code": "X", "name": "X", "kind": "division", "parent_code": place.roads.code}
    assert set(said(bring(tmp_path, by, below))) == {2}
    moved = {"code": place.village.code, "parent_code": place.roads.code, "active": "tidak"}
    assert set(said(bring(tmp_path, by, moved))) == {2}
    assert bring(tmp_path, by, {"code": place.roads.code, "active": "ya"}).problems == []
    assert WorkUnit.objects.get(pk=place.roads.pk).retired_at is None
    manager = people.staff("administrator", place.health)
    assert set(said(bring(tmp_path, manager, {"code": place.health.code, "active": "tidak"}))) == {2}


def test_too_deep_a_tree_is_refused_at_its_row(tmp_path: Path) -> None:
    place = scenes.regency()
    rows = [
        {"code": f"L{n}", "name": "Lapis", "kind": "division", "parent_code": f"L{n - 1}"}
        for n in range(1, 25)
    ]
    rows[0]["parent_code"] = place.root.code
    plan = bring(tmp_path, people.staff("administrator", place.root), *rows)
    assert plan.problems
    deep = rows[:15]
    by = people.staff("administrator", place.root)
    assert bring(tmp_path, by, *deep).problems == []
    more = [{**row, "code": f"M{row['code']}", "parent_code": f"M{row['parent_code']}"} for row in deep]
    more[0]["parent_code"] = place.health.code
    assert bring(tmp_path, by, *more).problems == []
    plan = bring(tmp_path, by, {"code": "ML1", "parent_code": "L15"})
    assert set(said(plan)) == {2}


def test_a_plan_that_changed_since_it_was_shown_is_not_carried_out(tmp_path: Path) -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    rows = read_records(sheet(tmp_path, {"code": place.works.code, "name": "Dinas PUPR"}))
    shown = rehearse(rows, by=by).mark
    WorkUnit.objects.filter(pk=place.works.pk).update(name="Dinas Bina Marga")
    with pytest.raises(WrongState):
        import_units(rows, by=by, reason=WHY, mark=shown)
    fresh = read_records(sheet(tmp_path, {"code": place.works.code, "name": "Dinas PUPR"}))
    assert import_units(fresh, by=by, reason=WHY, mark=rehearse(fresh, by=by).mark).problems == []


@pytest.mark.parametrize("text", ["", "code\n", "nama\nDinas\n"])
def test_a_file_without_rows_or_codes_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "unit.csv"
    path.write_text(text)
    with pytest.raises(Invalid):
        read_records(path)


def test_a_file_with_too_many_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_ROWS", 2)
    with pytest.raises(Invalid):
        read_records(sheet(tmp_path, *({"code": f"A{n}"} for n in range(3))))


def test_the_command_takes_the_exported_layout_below_its_parent(tmp_path: Path) -> None:
    place = scenes.regency()
    by = command_actor("test")
    outcome = load_units(sheet(tmp_path, NEW), parent=place.root, by=by)
    assert (outcome.created, WorkUnit.objects.get(code="1.05").parent) == (1, place.root)
    outcome = load_units(sheet(tmp_path, {**NEW, "name": "Dinas Sosial dan PPA"}), parent=place.root, by=by)
    assert (outcome.created, outcome.updated) == (0, 1)
    outcome = load_units(sheet(tmp_path, {**NEW, "kind": "?"}), parent=place.root, by=by)
    assert [row for row, _words in outcome.rejected] == [2]


def test_the_plain_list_refuses_a_code_that_was_anothers(tmp_path: Path) -> None:
    place = scenes.regency()
    FormerCode.objects.create(code="77", unit=place.works, since="2026-01-01T00:00Z")
    path = sheet(tmp_path, {"kode": "77", "nama": "DINAS", "jenis_opd_id": "1"})
    outcome = load_units(path, parent=place.root, by=command_actor("test"))
    assert [row for row, _words in outcome.rejected] == [2]


def test_planting_many_needs_their_parents() -> None:
    with pytest.raises(ValueError, match="TIADA"):
        tree.plant_many([({"code": "A", "name": "A", "kind": "agency"}, "TIADA")])
