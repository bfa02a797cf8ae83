"""The sheet of invitations: its template, where it waits for the confirmation, and its rows on the page."""

import io
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.management.people.invitations import COLUMNS, REQUIRED, Line, read_rows
from rembuk.management.selectors import grantable_roles
from rembuk.web.management.waiting import Waiting
from rembuk.web.sheets.workbook import plain

SHOWN: Final = 50
WAITING: Final = Waiting(
    "people-import",
    read_rows,
    gettext_lazy(
        "No sheet is waiting. Its people may have been invited already; choose it again to be sure."
    ),
)

# What belongs in a column, and an example; the order is that of ``COLUMNS``.
_MEANINGS: Final[dict[str, tuple[Promise, str]]] = {
    "nama": (gettext_lazy("Name in full."), "Dewi Lestari"),
    "email": (gettext_lazy("Address that the letter goes to."), "dewi.lestari@contoh.go.id"),
    "peran": (gettext_lazy("Code of the role, see the sheet “Peran”."), "moderator"),
    "satuan_kerja": (gettext_lazy("Code of the work unit, see the sheet “Satuan kerja”."), "1.03"),
    "alasan": (gettext_lazy("For example the number of the letter of appointment."), "SK 12/2026"),
    "mulai": (gettext_lazy("First day of the role, such as 01/02/2027. Empty: from now on."), ""),
    "sampai": (gettext_lazy("Last day of the role. Empty: until somebody ends it."), ""),
    "bahasa": (gettext_lazy("Language of the letter: id or en. Empty: id."), "id"),
}


def preview(lines: Sequence[Line]) -> dict[str, Any]:
    """What the page shows: counts, rows that can't go in, those already there, the first ones to be invited."""
    new = [line for line in lines if line.is_new]
    there = [line for line in lines if line.is_there]
    bad = [line for line in lines if line.problems]
    return {
        "count": len(new),
        "stats": [
            {"value": len(new), "label": _("to be invited")},
            {"value": len(there), "label": _("there already")},
            {"value": len(bad), "label": _("with something wrong"), "tone": "bad" if bad else ""},
        ],
        "bad": _table(
            _("Rows with something wrong"),
            (_("Row in the file"), _("Name"), _("What is wrong")),
            [[_row(line), line.name or "–", " ".join(line.problems)] for line in bad],
        ),
        "there": _table(
            _("Invited before, and left as they are"),
            (_("Row in the file"), _("Name"), _("Email")),
            [[_row(line), line.name, line.email] for line in there],
        ),
        "new": _table(
            _("The first people who get a letter"),
            (_("Row in the file"), _("Name"), _("Email"), _("Role"), _("Work unit")),
            [_new_row(line) for line in new[:SHOWN]],
        ),
    }


def explained() -> dict[str, Any]:
    """The columns as a table for the page."""
    rows = [[name, _meaning(name), _MEANINGS[name][1]] for name in COLUMNS]
    return {
        "caption": _("The columns"),
        "caption_hidden": True,
        "columns": [{"label": _("Column")}, {"label": _("What belongs there")}, {"label": _("Example")}],
        "rows": rows,
    }


def workbook(by: Person) -> bytes:
    """The sheet to fill in, its cells kept as text; with the roles and work units that this person may name."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Undangan")
        sheet.set_column(0, len(COLUMNS) - 1, 24, text)
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(COLUMNS):
            sheet.write_string(0, place, name, bold)
        roles = [[role.slug, role.label, role.shown_description] for role in grantable_roles(by)]
        _list(book, "Peran", [_("Code"), _("Role"), _("What it is for")], roles)
        units = rights.units_for(by, izin.GRANT_MANAGE).values_list("code", "name")
        _list(book, "Satuan kerja", [_("Code"), _("Work unit")], [list(unit) for unit in units])
        _list(book, "Petunjuk", [_("Column"), _("What belongs there"), _("Example")], explained()["rows"])
    return out.getvalue()


def _list(book: Any, name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate((20, 60, 70)[: len(head)]):
        sheet.set_column(place, place, width, wrapped)
        sheet.write_string(0, place, head[place], bold)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, plain(cell), wrapped)


def _meaning(name: str) -> str:
    words = str(_MEANINGS[name][0])
    return f"{words} {_('Required.')}" if name in REQUIRED else words


def _row(line: Line) -> str:
    return _("Row %(number)s") % {"number": line.number}


def _new_row(line: Line) -> list[str]:
    role, unit = (line.facts.role.label, line.facts.unit.name) if line.facts else ("", "")
    return [_row(line), line.name, line.email, role, unit]


def _table(caption: str, heads: Sequence[str], rows: list[list[str]]) -> dict[str, Any] | None:
    if not rows:
        return None
    return {"caption": caption, "columns": [{"label": head} for head in heads], "rows": rows}
