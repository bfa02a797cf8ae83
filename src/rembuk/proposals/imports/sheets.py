"""Rows out of CSV and XLSX files: header names to cells, as text, one row at a time."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError

from rembuk.common.errors import Invalid
from rembuk.common.text import clean_text
from rembuk.files.checking.workbooks import open_workbook

MAX_CELL = 20_000
XLSX_MAGIC = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One data row: its number in the file (the header is 1) and its cells by header name."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell of a column, or an empty text."""
        return self.cells.get(column, "")


def read(path: Path) -> Iterator[SheetRow]:
    """Data rows of a CSV (UTF-8, comma or semicolon) or XLSX file, by its content and not its name.

    Raises:
        Invalid: when the file is neither, has no header, or is not UTF-8.
    """
    with path.open("rb") as handle:
        is_xlsx = handle.read(4) == XLSX_MAGIC
    rows = _xlsx_rows(path) if is_xlsx else _csv_rows(path)
    header = next(rows, None)
    if not header or not any(header):
        raise Invalid(_("The file has no header row."))
    names = [name.strip().lower() for name in header]
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            yield SheetRow(
                number, {name: clean_text(cell[:MAX_CELL]) for name, cell in zip(names, row, strict=False)}
            )


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            first = handle.readline()
            handle.seek(0)
            yield from csv.reader(handle, delimiter=";" if first.count(";") > first.count(",") else ",")
    except UnicodeDecodeError as error:
        raise Invalid(_("The file is neither XLSX nor a CSV file in UTF-8.")) from error
    except csv.Error as error:
        raise Invalid(_("The CSV file is broken: %(why)s") % {"why": error}) from error


def _xlsx_rows(path: Path) -> Iterator[list[str]]:
    try:
        sheet = open_workbook(path).get_sheet_by_index(0)
    except (CalamineError, IndexError, OSError) as error:
        raise Invalid(_("The XLSX file can't be read.")) from error
    for row in sheet.iter_rows():
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)
