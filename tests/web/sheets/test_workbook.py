"""Sheets as XLSX: amounts exact, text never a formula, a file of a failing sheet closed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from rembuk.web.sheets.workbook import Cell, Sheet, written


def read(*cells: Cell) -> list[object]:
    """The cells of one row as a spreadsheet has them; a formula would have no value."""
    with written([Sheet("Uji", [("A", 10)] * len(cells), [cells])]) as file:
        return CalamineWorkbook.from_filelike(file).get_sheet_by_name("Uji").to_python()[1]


def test_cells_keep_their_kind_and_text_is_never_a_formula() -> None:
    found = read("=1+1", 7, 0.5, date(2026, 3, 1), Decimal("1234567.89"))
    assert found[:3] == ["=1+1", 7, 0.5]
    assert found[3:] == [date(2026, 3, 1), 1234567.89]


def test_amount_of_more_digits_than_a_spreadsheet_keeps_is_text() -> None:
    assert read(Decimal("12345678901234.56"), Decimal("1234567890123.45")) == [
        "12345678901234.56",
        1234567890123.45,
    ]


def test_sheet_that_fails_raises_its_error() -> None:
    def rows() -> Iterator[list[Cell]]:
        yield ["satu"]
        raise LookupError

    with pytest.raises(LookupError):
        written([Sheet("Uji", [("A", 10)], rows())])
