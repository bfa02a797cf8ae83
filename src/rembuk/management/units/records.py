"""Rows of a sheet of units as somebody wrote them: columns, words for kinds and yes or no, what is wrong in a cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from rembuk.common.errors import Invalid
from rembuk.common.text import clean_line
from rembuk.proposals.imports.sheets import SheetRow, read
from rembuk.workunits.models import WorkUnit

MOST_ROWS = 5_000
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
# Words of addresses beside the codes of units.
RESERVED = frozenset({"daftar", "impor", "ekspor", "sekaligus", "templat"})
# The columns of the file, in its order; those that are plain fields with the length of the field.
TEXTS: Mapping[str, int] = {
    "name": 200,
    "short_name": 60,
    "email": 254,
    "phone": 30,
    "address": 300,
    "head_name": 120,
    "head_title": 120,
}
COLUMNS = (
    "code",
    "name",
    "short_name",
    "kind",
    "parent_code",
    "region_code",
    "email",
    "phone",
    "address",
    "head_name",
    "head_title",
    "active",
)
YES, NO = "ya", "tidak"
_YES = frozenset({YES, "yes", "y", "1", "true", "aktif", "active"})
_NO = frozenset({NO, "no", "n", "t", "0", "false", "nonaktif", "retired"})


_FORMULA = frozenset({"=", "+", "-", "@"})


@dataclass(slots=True)
class Record:
    """One row: what it says of a unit. A column that the file lacks is ``None``: it says nothing."""

    number: int
    code: str
    texts: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    parent_code: str | None = None
    region_code: str | None = None
    is_active: bool | None = None
    problems: list[str] = field(default_factory=list)


def read_records(path: Path) -> list[Record]:
    """The rows of a CSV or XLSX file.

    Raises:
        Invalid: when it can't be read, has no column ``code``, no row, or too many.
    """
    rows: list[SheetRow] = []
    for row in read(path):
        rows.append(row)
        if len(rows) > MOST_ROWS:
            words = {"most": MOST_ROWS}
            raise Invalid(_("A sheet may have at most %(most)s rows. Split it into several.") % words)
    if not rows:
        raise Invalid(_("The sheet has no rows."))
    if not any("code" in row.cells for row in rows):
        raise Invalid(
            _("The sheet has no column “code”. The first row names the columns as the template does.")
        )
    return _told_twice([_record(row) for row in rows])


def _told_twice(records: list[Record]) -> list[Record]:
    seen: dict[str, int] = {}
    for record in records:
        if record.code and record.code in seen:
            words = {"code": record.code, "row": seen[record.code]}
            record.problems.append(_("The code %(code)s stands in row %(row)s already.") % words)
        seen.setdefault(record.code, record.number)
    return records


def _record(row: SheetRow) -> Record:
    cells = {name: _plain(text) for name, text in row.cells.items()}
    record = Record(row.number, cells.get("code", ""))
    if not record.code:
        record.problems.append(_("The code is missing."))
    elif not CODE.fullmatch(record.code) or record.code.lower() in RESERVED:
        record.problems.append(
            _("“%(code)s” can't be a code: use letters, digits, dot, hyphen and underscore, at most 40.")
            % {"code": record.code[:60]}
        )
    record.texts = {name: cells[name] for name in TEXTS if name in cells}
    record.parent_code, record.region_code = cells.get("parent_code"), cells.get("region_code")
    _check_texts(record)
    _read_kind(record, cells)
    _read_active(record, cells)
    return record


def _plain(text: str) -> str:
    """One line; the mark that keeps spreadsheets from taking a text for a formula is taken off again."""
    line = clean_line(text)
    return line[1:] if line[:1] == "'" and line.lstrip("'")[:1] in _FORMULA else line


def guarded(text: str, *, is_csv: bool) -> str:
    """A text as a file has it: in a CSV marked where a spreadsheet would take it for a formula; read back as it was."""
    looks_so = text.lstrip("'")[:1] in _FORMULA and text != ""
    return f"'{text}" if looks_so and (is_csv or text[:1] == "'") else text


def _check_texts(record: Record) -> None:
    if record.texts.get("name") == "":
        record.problems.append(_("The name is missing."))
    for name, most in TEXTS.items():
        if len(record.texts.get(name, "")) > most:
            words = {"column": name, "most": most}
            record.problems.append(_("%(column)s has more than %(most)s characters.") % words)
    email = record.texts.get("email")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            record.problems.append(_("“%(email)s” is no email address.") % {"email": email[:80]})


def _read_kind(record: Record, cells: Mapping[str, str]) -> None:
    if "kind" not in cells:
        return
    record.kind = _kinds().get(cells["kind"].lower(), "")
    if not record.kind:
        words = {"kind": cells["kind"][:60], "kinds": ", ".join(WorkUnit.Kind.values)}
        record.problems.append(_("“%(kind)s” is no kind of work unit. Kinds: %(kinds)s.") % words)


def _read_active(record: Record, cells: Mapping[str, str]) -> None:
    said = cells.get("active", "").lower()
    if said in _YES | _NO:
        record.is_active = said in _YES
    elif said:
        words = {"said": said[:60], "yes": YES, "no": NO}
        record.problems.append(_("“%(said)s” can't be read in the column active: %(yes)s or %(no)s.") % words)


@cache
def _kinds() -> dict[str, str]:
    """What may stand for a kind: its own word, and its name in both languages."""
    found = {str(value): str(value) for value in WorkUnit.Kind.values}
    for language in ("id", "en"):
        with override(language):
            found |= {str(kind.label).lower(): str(kind.value) for kind in WorkUnit.Kind}
    return found


def row_of(unit: WorkUnit) -> list[str]:
    """A unit as the file has it, in the order of ``COLUMNS``; parent and region are joined."""
    said = {
        "code": unit.code,
        "kind": unit.kind,
        "parent_code": unit.parent.code if unit.parent else "",
        "region_code": unit.region.code if unit.region else "",
        "active": YES if unit.is_active else NO,
    }
    return [said[name] if name in said else getattr(unit, name) for name in COLUMNS]


def rows_of(units: Iterable[WorkUnit]) -> list[list[str]]:
    """All of them."""
    return [row_of(unit) for unit in units]
