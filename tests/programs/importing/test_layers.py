"""Bringing a workbook in: rehearsed without a trace, written whole or not at all, recognised when sent again."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rembuk.access.models import Role
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.programs.actions.importing.layers import import_layers, rehearse_layers
from rembuk.programs.actions.importing.outcome import Outcome
from rembuk.programs.models import (
    CashPlan,
    Indicator,
    IndicatorValue,
    Milestone,
    Pagu,
    Program,
    Realisation,
)
from tests import money_scenes as money
from tests import people, scenes
from tests import program_scenes as programs
from tests.program_scenes import MORNING, REASON
from tests.sheet_scenes import WHOLE, Rows, read

pytestmark = pytest.mark.django_db
TABLES = (Milestone, Pagu, CashPlan, Realisation, Indicator, IndicatorValue)


def world(is_public: bool = False) -> tuple[Program, Any]:
    """A programme and its manager."""
    place = scenes.regency()
    by = programs.manager(place)
    return (programs.published(place, by=by) if is_public else programs.draft(place, by=by)), by


def whole() -> dict[str, Rows]:
    """The whole workbook, with the code of an office that is there."""
    place = Program.objects.get().unit
    rows = [list(row) for row in WHOLE["Tonggak"]]
    rows[1][5] = place.code
    return {**WHOLE, "Tonggak": rows}


def counts() -> list[int]:
    """How many rows each layer has."""
    return [table.objects.count() for table in TABLES]


def faults(outcome: Outcome) -> list[tuple[str, int, str]]:
    """Where the problems are."""
    return [(one.sheet, one.row, one.column) for one in outcome.problems]


def test_rehearsal_tells_what_would_come_and_keeps_nothing(tmp_path: Path) -> None:
    program, by = world()
    before = AuditEntry.objects.count()
    outcome = rehearse_layers(program, read(tmp_path, whole()), by=by, at=MORNING)
    assert (len(outcome.written), outcome.known, outcome.problems) == (10, [], [])
    assert counts() == [0] * 6
    assert AuditEntry.objects.count() == before


def test_draft_takes_the_whole_book_at_once(tmp_path: Path) -> None:
    program, by = world()
    outcome = import_layers(program, read(tmp_path, whole()), by=by, at=MORNING)
    assert outcome.problems == []
    assert counts() == [2, 2, 2, 1, 2, 3]
    stone = Milestone.objects.get(title="Pengerasan ruas Cibeet selesai")
    assert (stone.phase.position, stone.weight, stone.office) == (2, Decimal(3), program.unit)
    assert dict(program.pagu.values_list("fund", "amount")) == {
        "apbd": Decimal(1_500_000_000),
        "grant": Decimal("250000.75"),
    }
    assert Realisation.objects.get().amount == Decimal("250000000.50")
    value = IndicatorValue.objects.get(period="TW IV 2026")
    assert (value.target, value.actual, value.source) == (Decimal("2.5"), Decimal(2), "BA-7")
    assert Indicator.objects.get(name="Waktu tempuh").direction == "down"
    assert AuditEntry.objects.filter(verb="program.layers_imported").count() == 1
    assert not program.revisions.exists()


def test_published_plan_changes_by_one_revision_with_its_reason(tmp_path: Path) -> None:
    program, by = world(is_public=True)
    book = read(tmp_path, whole())
    with pytest.raises(Invalid) as refusal:
        import_layers(program, book, reason="pendek", by=by, at=MORNING)
    assert list(refusal.value.fields) == ["reason"]
    assert counts() == [0] * 6
    import_layers(program, book, reason=REASON, by=by, at=MORNING)
    revision = program.revisions.get()
    assert revision.reason == REASON
    assert {change["field"] for change in revision.changes} == {
        "added",
        "pagu",
        "cash",
        "indicator",
        "target",
    }
    assert list(program.pagu.values_list("first_amount", flat=True)) == [
        Decimal(1_500_000_000),
        Decimal("250000.75"),
    ]
    assert [row.first_amount for row in program.cash_plan.all()] == [
        Decimal(250_000_000),
        Decimal(1_000_000_000),
    ]


def test_same_book_again_enters_nothing_and_needs_no_reason(tmp_path: Path) -> None:
    program, by = world(is_public=True)
    book = read(tmp_path, whole())
    import_layers(program, book, reason=REASON, by=by, at=MORNING)
    before = counts()
    outcome = import_layers(program, book, by=by, at=MORNING)
    assert (outcome.written, len(outcome.known), outcome.problems) == ([], 10, [])
    assert counts() == before
    assert program.revisions.count() == 1


def test_changed_figures_change_and_a_changed_milestone_is_only_told(tmp_path: Path) -> None:
    program, by = world()
    import_layers(program, read(tmp_path, whole()), by=by, at=MORNING)
    again = {
        "Tonggak": [["2", "pengerasan ruas cibeet selesai", "5", "01/02/2027", "31/05/2027", "", ""]],
        "Pagu": [["apbd", "2 M"]],
        "Indikator": [
            ["panjang jalan", "", "", "", "", "", "TW IV 2026", "31/12/2026", "3", "", ""],
            ["Panjang jalan", "", "", "", "", "", "TW I 2027", "2027-03-31", "5", "4,5", "BA-9"],
        ],
    }
    outcome = import_layers(program, read(tmp_path, again), by=by, at=MORNING)
    assert [line.sheet for line in outcome.written] == ["Pagu", "Indikator", "Indikator"]
    assert "pengerasan ruas cibeet selesai (" in outcome.known[0].words
    assert Milestone.objects.filter(weight=5).count() == 0
    assert list(IndicatorValue.objects.filter(indicator__position=1).values_list("target", "actual")) == [
        (Decimal(3), Decimal(2)),
        (Decimal(5), Decimal("4.5")),
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "column"),
    [
        ("Tonggak", ["9", "Judul", "", "2027-01-01", "2027-02-01", "", ""], "fase"),
        ("Tonggak", ["2", "Judul", "", "2027-02-01", "2027-01-01", "", ""], "selesai"),
        ("Tonggak", ["2", "Judul", "0", "2027-01-01", "2027-02-01", "", ""], "bobot"),
        ("Tonggak", ["2", "Judul", "", "besok", "2027-02-01", "", ""], "mulai"),
        ("Tonggak", ["2", "", "", "2027-01-01", "2027-02-01", "", ""], "judul"),
        ("Tonggak", ["2", "x" * 201, "", "2027-01-01", "2027-02-01", "", ""], "judul"),
        ("Tonggak", ["2", "Judul", "", "2027-01-01", "2027-02-01", "Dinas Antah", ""], "satuan_kerja"),
        ("Pagu", ["Undian", "1 M"], "sumber_dana"),
        ("Pagu", ["apbd", "banyak"], "jumlah"),
        ("Pagu", ["apbd", "50 juta"], "jumlah"),
        ("Rencana kas", ["kapan", "1"], "bulan"),
        ("Realisasi", ["2026-11-20", "SP2D-9", "grant", "1", ""], "sumber_dana"),
        ("Realisasi", ["2026-11-20", "SP2D-9", "apbd", "401 juta", ""], "jumlah"),
        ("Realisasi", ["2026-12-20", "SP2D-9", "apbd", "1", ""], "tanggal"),
        ("Realisasi", ["2026-11-20", "SP2D-001", "apbd", "1", ""], "nomor_dokumen"),
        ("Indikator", ["Nama", "Dampak", "km", "", "", "", "TW I", "2027-03-31", "1", "", ""], "tingkat"),
        ("Indikator", ["Nama", "", "km", "", "", "", "TW I", "2027-03-31", "1", "", ""], "tingkat"),
        ("Indikator", ["Nama", "Hasil", "", "", "", "", "TW I", "2027-03-31", "1", "", ""], "satuan"),
        ("Indikator", ["Nama", "Hasil", "km", "miring", "", "", "TW I", "2027-03-31", "1", "", ""], "arah"),
        ("Indikator", ["Nama", "Hasil", "km", "", "", "", "TW I", "2027-03-31", "satu", "", ""], "target"),
        (
            "Indikator",
            ["Nama", "Hasil", "km", "", "", "", "TW I", "2027-03-31", "1", "1", ""],
            "sumber_realisasi",
        ),
        (
            "Indikator",
            ["Nama", "output", "km", "down", "", "", "TW I", "2027-03-31", "0,00001", "", ""],
            "target",
        ),
    ],
)
def test_fault_is_told_with_sheet_row_and_column_and_stops_everything(
    tmp_path: Path, sheet: str, row: Sequence[object], column: str
) -> None:
    program, by = world()
    money.planned(program, by)
    money.entered(program, by)
    before = counts()
    good = {"Pagu": [["grant", "1 M"]]} if sheet != "Realisasi" else {}
    rows = {**good, sheet: [*good.get(sheet, []), row]}
    outcome = import_layers(program, read(tmp_path, rows), by=by, at=MORNING)
    assert faults(outcome)[0] == (sheet, len(rows[sheet]) + 1, column)
    assert counts() == before


def test_rows_that_say_the_same_twice_and_a_plan_above_the_pagu_are_faults(tmp_path: Path) -> None:
    program, by = world()
    stone = ["2", "Judul", "", "2027-01-01", "2027-02-01", "", ""]
    value = ["Nama", "Hasil", "km", "", "", "", "TW I", "2027-03-31", "1", "", ""]
    rows = {
        "Tonggak": [stone, stone],
        "Pagu": [["apbd", "1"], ["apbd", "2"]],
        "Rencana kas": [["2027-01", "5"], ["2027-01", "6"]],
        "Indikator": [value, value],
    }
    outcome = rehearse_layers(program, read(tmp_path, rows), by=by)
    assert faults(outcome) == [
        ("Tonggak", 3, "judul"),
        ("Pagu", 3, "sumber_dana"),
        ("Rencana kas", 3, "bulan"),
        ("Rencana kas", 0, "jumlah"),
        ("Indikator", 3, "berakhir"),
    ]


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_ended_program_takes_no_book(tmp_path: Path, state: str) -> None:
    program, by = world(is_public=True)
    Program.objects.filter(pk=program.pk).update(state=state)
    with pytest.raises(WrongState):
        import_layers(program, read(tmp_path, WHOLE), reason=REASON, by=by)


def test_book_needs_the_rights_of_what_it_brings(tmp_path: Path) -> None:
    place = scenes.regency()
    program = programs.draft(place)
    planner = people.citizen("Perencana")
    Role.objects.create(slug="planner", name="Perencana", permissions=["program.edit", "program.read"])
    people.grant(planner, "planner", place.works)
    plan = {"Pagu": [["apbd", "1 M"]], "Indikator": [WHOLE["Indikator"][1]]}
    for stranger in (people.staff("program-manager", place.health), people.staff("auditor", place.root)):
        with pytest.raises(Denied):
            import_layers(program, read(tmp_path, plan), by=stranger)
    import_layers(program, read(tmp_path, {"Pagu": [["apbd", "1 M"]]}), by=planner, at=MORNING)
    for sheet in ("Realisasi", "Indikator"):
        with pytest.raises(Denied):
            import_layers(program, read(tmp_path, {sheet: WHOLE[sheet]}), by=planner, at=MORNING)
