"""Sheets written to a path, row by row in constant memory, with a step told every thousand rows."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from django import forms
from django.utils.translation import gettext as _

from rembuk.common.text import safe_cell
from rembuk.exports.errors import MOST_ROWS_XLSX, TooLong, Unreadable
from rembuk.exports.sources import Given, Progress
from rembuk.exports.states import Form
from rembuk.web.sheets.files import BOM
from rembuk.web.sheets.workbook import Cell, Sheet, fill

STEP = 1_000

type Sheets = Callable[[], Iterable[Sheet]]


def writer(sheets: Sheets) -> Callable[[Path, str, Progress], None]:
    """What fills a path with these sheets, read when they are written; a text table has the first one alone."""

    def write(path: Path, form: str, progress: Progress) -> None:
        is_book = form == Form.XLSX
        counted = _Counted(progress, MOST_ROWS_XLSX if is_book else None)
        if is_book:
            fill(path, (counted.sheet(sheet) for sheet in sheets()), folder=path.parent)
        else:
            _text(path, counted.sheet(next(iter(sheets()))))
        progress(counted.done)

    return write


def refuse_unreadable(form: forms.BaseForm) -> None:
    """Leave no filter out because it can't be read.

    Raises:
        Unreadable: where one can't: what it names may have been retired since the file was asked for.
    """
    if not form.is_valid():
        raise Unreadable(_("One of the filters can't be read any more."))


def words_of(form: forms.Form, given: Given) -> str:
    """The filters in force as a line: each field's word with the chosen label."""
    found = []
    for name, field in form.fields.items():
        for value in given.get(name, ()):
            if value:
                label = dict(getattr(field, "choices", ())).get(value, value)
                found.append(f"{field.label}: {label}")
    return "; ".join(found)


class _Counted:
    """Rows counted over all sheets as they pass."""

    def __init__(self, progress: Progress, most: int | None) -> None:
        self.done, self._progress, self._most = 0, progress, most

    def sheet(self, sheet: Sheet) -> Sheet:
        """The same sheet, counted.

        Raises:
            TooLong: at the first row that a sheet can't hold.
        """
        return Sheet(sheet.name, sheet.columns, self._rows(sheet.rows))

    def _rows(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        for number, row in enumerate(rows):
            if number == self._most:
                raise TooLong
            yield row
            self.done += 1
            if self.done % STEP == 0:
                self._progress(self.done)


def _text(path: Path, sheet: Sheet) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        lines = csv.writer(file)
        lines.writerow([label for label, _width in sheet.columns])
        lines.writerows([_plain(cell) for cell in row] for row in sheet.rows)


def _plain(cell: Cell) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    return safe_cell(cell) if isinstance(cell, str) else str(cell)
