"""From a workbook to rows of text, by sheet; what can't be read as a whole is refused at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from rembuk.common.errors import Invalid
from rembuk.common.text import clean_text
from rembuk.files.checking.workbooks import open_workbook
from rembuk.programs.sheets.layout import LAYOUTS, Layout

MOST_ROWS = 1000
# How far down a sheet may go: its rows, with room for a title and empty lines between them.
LAST_ROW = 2 * MOST_ROWS
MAX_CELL = 5_000
type Table = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row of a sheet: its number in the file (the head is 1) and its cells by column."""

    sheet: str
    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell of a column, or an empty text."""
        return self.cells.get(column, "")


@dataclass(slots=True)
class Book:
    """The filled rows of each sheet."""

    rows: dict[str, list[BookRow]] = field(default_factory=dict)

    def of(self, layout: Layout) -> list[BookRow]:
        """The rows of a sheet, in order; none where the sheet is missing."""
        return self.rows.get(layout.name, [])

    @property
    def total(self) -> int:
        """Filled rows of all sheets."""
        return sum(len(rows) for rows in self.rows.values())


def read_book(path: Path) -> Book:
    """The rows of a workbook after the template; sheets of other names are left aside.

    Raises:
        Invalid: when it is no XLSX, has none of the sheets, lacks a column, has no rows or too many.
    """
    try:
        book = open_workbook(path)
        found = {name.strip().casefold(): name for name in book.sheet_names}
        known = [layout for layout in LAYOUTS if layout.name.casefold() in found]
        tables = {layout: _table(book, layout, found[layout.name.casefold()]) for layout in known}
    except (CalamineError, OSError) as error:
        raise Invalid(_("The XLSX file can't be read.")) from error
    if not tables:
        names = ", ".join(layout.name for layout in LAYOUTS)
        raise Invalid(_("The file has none of these sheets: %(names)s. Use the template.") % {"names": names})
    read = Book({layout.name: _rows(layout, table) for layout, table in tables.items()})
    if not read.total:
        raise Invalid(_("The sheets have heads but no rows below them."))
    if read.total > MOST_ROWS:
        raise Invalid(_("The file has more than %(most)s rows. Split it into several.") % {"most": MOST_ROWS})
    return read


def _table(book: CalamineWorkbook, layout: Layout, name: str) -> Table:
    """The cells of a sheet; one that reaches too far down is refused before any of them is made."""
    sheet = book.get_sheet_by_name(name)
    if sheet.end is not None and sheet.end[0] >= LAST_ROW:
        words = {"sheet": layout.name, "most": LAST_ROW}
        raise Invalid(
            _("The sheet %(sheet)s goes beyond row %(most)s. Delete what stands below, or split the file.")
            % words
        )
    return sheet.to_python(skip_empty_area=False)


def _rows(layout: Layout, table: Table) -> list[BookRow]:
    """The filled rows below the head, of the columns of the layout only."""
    heads = ([_text(cell) for cell in line] for line in table)
    start, head = next(((number, line) for number, line in enumerate(heads) if any(line)), (0, None))
    if head is None:
        return []
    names = [name.lower().replace(" ", "_") for name in head]
    missing = [name for name in layout.required if name not in names]
    if missing:
        words = {"sheet": layout.name, "names": ", ".join(missing)}
        raise Invalid(_("The sheet %(sheet)s lacks these columns: %(names)s.") % words)
    places = {name: place for place, name in enumerate(names) if name in layout.names}
    rows = (
        BookRow(layout.name, number, {name: _text(line[place]) for name, place in places.items()})
        for number, line in enumerate(table[start + 1 :], start + 2)
    )
    return [row for row in rows if any(row.cells.values())]


def _text(cell: object) -> str:
    """A cell as people would type it: whole numbers without a point, others with a comma, days in ISO form."""
    if cell == "":
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell!r}".replace(".", ",")
    return clean_text(str(cell)[:MAX_CELL])
