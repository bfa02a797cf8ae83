"""Sheets of rows written as one XLSX, row by row in constant memory; every text stays text, whatever it begins with.

Decimals are numbers with two places shown; one of more digits than a spreadsheet keeps is written as text, so that
nothing is rounded.
"""

import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter

type Cell = str | int | float | Decimal | date | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell of a spreadsheet holds 32,767 characters; longer texts end with a mark.
LONGEST = 32_000
# Digits of a number that a spreadsheet keeps (IEEE 754, double precision).
DIGITS = 15
# What XML can't hold, and what hides in it: control characters but tab and line end, halves of pairs.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name (at most 31 characters), the head with widths in characters, and its rows."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


def plain(text: str) -> str:
    """A text as a cell can hold it."""
    kept = _UNWRITABLE.sub("", text)
    return kept if len(kept) <= LONGEST else f"{kept[:LONGEST]} […]"


def written(sheets: Iterable[Sheet]) -> IO[bytes]:
    """The sheets as a file at its beginning; whoever sends it closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        fill(file, sheets)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def fill(file: IO[bytes] | Path, sheets: Iterable[Sheet], folder: Path | None = None) -> None:
    """Write the sheets to a file or path; what is laid aside meanwhile goes to ``folder``, else where the system has it."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": folder,
    }
    with xlsxwriter.Workbook(file, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "amount": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        }
        for sheet in sheets:
            _write(book, sheet, formats)


def _write(book: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    made = book.add_worksheet(sheet.name)
    made.freeze_panes(1, 0)
    made.set_landscape()
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)
    for place, (_label, width) in enumerate(sheet.columns):
        made.set_column(place, place, width)
    for place, (label, _width) in enumerate(sheet.columns):
        made.write_string(0, place, label, formats["head"])
    for number, row in enumerate(sheet.rows, 1):
        for place, cell in enumerate(row):
            _write_cell(made, (number, place), cell, formats)


def _write_cell(sheet: Any, where: tuple[int, int], cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        day = cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
        sheet.write_datetime(*where, day, formats["day"])
    elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) > DIGITS:
        sheet.write_string(*where, f"{cell:f}", formats["text"])
    elif isinstance(cell, Decimal):
        sheet.write_number(*where, float(cell), formats["amount"])
    elif isinstance(cell, int | float):
        sheet.write_number(*where, cell, formats["text"])
    else:
        sheet.write_string(*where, plain(cell), formats["text"])
