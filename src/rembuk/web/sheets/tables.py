"""Tables said once and written twice: on a page, formatted for the reader, and in a spreadsheet, as numbers and days.

A column's kind says how its cells are meant: ``text``, ``number`` (whole), ``figure`` (no needless places), ``money``,
``percent``, ``day``. ``None`` is missing: a dash on the page, an empty cell in the file. A word in a column of figures says
on the page why one is missing; in the file the cell is empty, so that the column can be reckoned with.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from rembuk.web.components.formats import number, rupiah, short_day
from rembuk.web.sheets.workbook import Cell, Sheet

type Kind = Literal["text", "number", "figure", "money", "percent", "day"]
type Value = str | int | Decimal | date | None
# Rows of one table on a page; the file has all.
MOST_ROWS: Final = 100
_WIDTHS: Final[dict[Kind, int]] = {
    "text": 40,
    "number": 12,
    "figure": 14,
    "money": 22,
    "percent": 12,
    "day": 14,
}


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads on, on the page."""

    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column and what stands in it."""

    label: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its word."""

    term: str
    value: Value
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``name`` is the tab of its sheet, unique in a file and at most 31 characters."""

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value | Link]]

    def __bool__(self) -> bool:
        return bool(self.rows)


def shown_value(value: Value, kind: Kind) -> str:
    """A value as the page writes it."""
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else _SHOWN[kind](value)


def shown_table(table: Table) -> dict[str, Any]:
    """A table for ``components/data_table.html``, its first rows, and ``left``: how many more the file has."""
    is_wide = len(table.columns) > 4
    return {
        "caption": table.caption,
        "columns": [
            {"label": column.label, "kind": "" if column.kind in {"text", "day"} else "num"}
            for column in table.columns
        ],
        "rows": [
            [_shown(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]
            for row in table.rows[:MOST_ROWS]
        ],
        "left": max(0, len(table.rows) - MOST_ROWS),
        "wide": is_wide,
    }


def shown_facts(facts: Iterable[Fact]) -> list[dict[str, str]]:
    """Facts for ``components/facts.html``."""
    return [{"term": fact.term, "value": shown_value(fact.value, fact.kind)} for fact in facts]


def sheet_of(table: Table) -> Sheet:
    """A table as a sheet with all its rows."""
    columns = [(column.label, _WIDTHS[column.kind]) for column in table.columns]
    rows = [
        [_filed(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    return Sheet(table.name, columns, rows)


def facts_sheet(name: str, parts: Iterable[tuple[str, Iterable[Fact]]]) -> Sheet:
    """The facts of several parts as one sheet."""
    rows: list[list[Cell]] = [[part, fact.term, fact.value] for part, facts in parts for fact in facts]
    return Sheet(name, [(_("Part"), 30), (_("What"), 44), (_("Figure"), 34)], rows)


def figure(value: Decimal) -> str:
    """A figure without needless places: 12,5."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return number(value, places)


def _filed(cell: Value | Link, kind: Kind) -> Cell:
    value = cell.value if isinstance(cell, Link) else cell
    return None if kind != "text" and isinstance(value, str) else value


def _shown(cell: Value | Link, kind: Kind) -> Any:
    if isinstance(cell, Link):
        return {"value": cell.value, "url": cell.url}
    return shown_value(cell, kind)


_SHOWN: Final[dict[Kind, Callable[[Any], str]]] = {
    "text": str,
    "number": number,
    "figure": figure,
    "money": rupiah,
    "percent": lambda value: f"{figure(value)}%",
    "day": short_day,
}
