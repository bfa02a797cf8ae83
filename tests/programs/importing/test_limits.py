"""What is too much for an import: texts longer than their column, sheets that go too far; and first targets."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from rembuk.common.errors import Invalid
from rembuk.files.checking.workbooks import MOST_COLUMNS
from rembuk.programs.actions.importing.layers import import_layers, rehearse_layers
from rembuk.programs.models import IndicatorValue, Realisation
from rembuk.programs.sheets import book as books
from rembuk.programs.sheets.book import LAST_ROW, read_book
from rembuk.programs.sheets.layout import PAGU
from tests import money_scenes as money
from tests import program_scenes as programs
from tests import scenes
from tests.program_scenes import MORNING, REASON
from tests.sheet_scenes import read

QUARTERS = [
    ("TW I", "2027-03-31"),
    ("TW II", "2027-06-30"),
    ("TW III", "2027-09-30"),
    ("TW IV", "2027-12-31"),
]


def measured(**texts: str) -> list[str]:
    """A row of the sheet Indikator with other texts in some columns."""
    cells = {
        "nama": "Panjang jalan",
        "tingkat": "Keluaran",
        "satuan": "km",
        "arah": "",
        "nilai_awal": "",
        "sumber": "DPU",
        "periode": "TW I",
        "berakhir": "2027-03-31",
        "target": "5",
        "realisasi": "4",
        "sumber_realisasi": "BA-7",
    }
    return list((cells | texts).values())


def paid(number: str = "SP2D-9", words: str = "") -> list[str]:
    """A row of the sheet Realisasi."""
    return ["2026-11-20", number, "apbd", "1", words]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sheet", "fits", "long", "column"),
    [
        ("Realisasi", paid("9" * 100), paid("9" * 101), "nomor_dokumen"),
        ("Realisasi", paid(words="u" * 300), paid(words="u" * 301), "uraian"),
        ("Indikator", measured(nama="n" * 200), measured(nama="n" * 201), "nama"),
        ("Indikator", measured(satuan="s" * 60), measured(satuan="s" * 61), "satuan"),
        ("Indikator", measured(sumber="s" * 200), measured(sumber="s" * 201), "sumber"),
        ("Indikator", measured(periode="p" * 40), measured(periode="p" * 41), "periode"),
        (
            "Indikator",
            measured(sumber_realisasi="r" * 200),
            measured(sumber_realisasi="r" * 201),
            "sumber_realisasi",
        ),
    ],
)
def test_text_too_long_for_its_column_is_told_with_row_and_column(
    tmp_path: Path, sheet: str, fits: Sequence[object], long: Sequence[object], column: str
) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.draft(place, by=by), by)
    good = rehearse_layers(program, read(tmp_path, {sheet: [fits]}), by=by, at=MORNING)
    assert (len(good.written), good.problems) == (1, [])
    bad = import_layers(program, read(tmp_path, {sheet: [long]}), by=by, at=MORNING)
    assert [(one.sheet, one.row, one.column) for one in bad.problems] == [(sheet, 2, column)]
    assert "paling banyak" in bad.problems[0].words
    assert not Realisation.objects.exists()
    assert not IndicatorValue.objects.exists()


@pytest.mark.django_db
def test_every_period_of_an_indicator_new_in_a_public_plan_has_its_first_target(tmp_path: Path) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    rows = [
        measured(periode=name, berakhir=day, target=str(number), realisasi="", sumber_realisasi="")
        for number, (name, day) in enumerate(QUARTERS, 1)
    ]
    import_layers(program, read(tmp_path, {"Indikator": rows}), reason=REASON, by=by, at=MORNING)
    values = IndicatorValue.objects.order_by("ends_on")
    assert list(values.values_list("period", "target", "first_target")) == [
        (name, Decimal(number), Decimal(number)) for number, (name, _day) in enumerate(QUARTERS, 1)
    ]
    later = measured(periode="2028", berakhir="2028-12-31", target="9", realisasi="", sumber_realisasi="")
    import_layers(program, read(tmp_path, {"Indikator": [later]}), reason=REASON, by=by, at=MORNING)
    assert IndicatorValue.objects.get(period="2028").first_target is None
    assert IndicatorValue.objects.filter(first_target=None).count() == 1


def test_sheet_that_goes_too_far_down_is_refused_before_its_cells_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_cells: list[object] = []
    monkeypatch.setattr(books, "_text", read_cells.append)
    with pytest.raises(Invalid, match=f"Pagu melewati baris {LAST_ROW}"):
        read(tmp_path, {"Pagu": [["apbd", 1]] * LAST_ROW})
    assert read_cells == []


def test_sheet_may_go_down_to_the_last_row(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["", ""]] * (LAST_ROW - 2)
    found = read(tmp_path, {"Pagu": [*rows, ["apbd", 1]]}).of(PAGU)
    assert [(row.number, row.get("jumlah")) for row in found] == [(LAST_ROW, "1")]


def test_only_the_columns_of_the_layout_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lebar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Pagu")
        sheet.write_row(0, 0, ["sumber_dana", "catatan", "jumlah"])
        sheet.write_row(1, 0, ["apbd", "lihat DPA", 5])
        sheet.write_row(2, 1, ["catatan saja"])
        for number in range(3, 100):
            sheet.write_row(number, 3, ["x"] * (MOST_COLUMNS - 3))
    read_cells: list[object] = []
    real = books._text
    monkeypatch.setattr(books, "_text", lambda cell: (read_cells.append(cell), real(cell))[1])
    rows = read_book(path).of(PAGU)
    assert [(row.number, row.cells) for row in rows] == [(2, {"sumber_dana": "apbd", "jumlah": "5"})]
    # The head whole, then two cells of each row.
    assert len(read_cells) == MOST_COLUMNS + 99 * 2
