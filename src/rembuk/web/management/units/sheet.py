"""The sheet of units: its columns explained, where it waits for the confirmation, what the page shows of its plan."""

from collections.abc import Sequence
from itertools import chain
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.management.units.planning import Plan, Step
from rembuk.management.units.records import COLUMNS, guarded, read_records, rows_of
from rembuk.web.management.waiting import Waiting
from rembuk.web.sheets.files import csv_lines
from rembuk.web.sheets.workbook import Sheet, written
from rembuk.workunits.models import WorkUnit

SHOWN = 100
WAITING = Waiting(
    "unit-import",
    read_records,
    gettext_lazy("No sheet is waiting. It may have been imported already; choose it again to be sure."),
)
_WIDTHS = {"name": 45, "address": 45, "email": 30, "head_title": 30, "head_name": 30}
_MEANINGS: dict[str, Promise] = {
    "code": gettext_lazy("Required. By it a unit is recognised; it can't be changed by a sheet."),
    "name": gettext_lazy("Name in full."),
    "short_name": gettext_lazy("Short name."),
    "kind": gettext_lazy(
        "instansi, agency, division, upt, subdistrict, urban_village or village; or its name."
    ),
    "parent_code": gettext_lazy("Code of the unit above. It may stand further down in the file."),
    "region_code": gettext_lazy("Code of the region, for example 33.23.01."),
    "email": gettext_lazy("Address of the office."),
    "phone": gettext_lazy("Telephone of the office."),
    "address": gettext_lazy("Where it is."),
    "head_name": gettext_lazy("Name of the head. Public."),
    "head_title": gettext_lazy("Title of the head's post. Public."),
    "active": gettext_lazy("ya or tidak. A unit where anything is open is retired on its own page."),
}


def explained() -> dict[str, Any]:
    """The columns as a table."""
    rows = [[name, str(_MEANINGS[name])] for name in COLUMNS]
    return {
        "caption": _("The columns of the sheet"),
        "columns": [{"label": _("Column")}, {"label": _("What belongs there")}],
        "rows": rows,
    }


def as_csv(units: Sequence[WorkUnit]) -> bytes:
    """The units as a CSV that spreadsheets open as text, and that can be brought in again."""
    rows = ([guarded(cell, is_csv=True) for cell in row] for row in rows_of(units))
    return "".join(csv_lines(chain([COLUMNS], rows))).encode()


def as_workbook(units: Sequence[WorkUnit]) -> IO[bytes]:
    """The units as XLSX, every cell as text."""
    rows = ([guarded(cell, is_csv=False) for cell in row] for row in rows_of(units))
    return written([Sheet(_("Work units"), [(name, _WIDTHS.get(name, 16)) for name in COLUMNS], rows)])


def preview(plan: Plan) -> dict[str, Any]:
    """What a plan would do, for the page: counts, what is wrong by row, and the first rows that change something."""
    doing = [step for step in plan.steps if step.does_anything]
    count = 0 if plan.problems else len(doing)
    return {
        "stats": [
            {"value": len(plan.made()), "label": _("new")},
            {"value": len(plan.changed()), "label": _("changed")},
            {"value": len(plan.moved()), "label": _("moved")},
            {"value": len(plan.retired()), "label": _("retired")},
            {"value": len(plan.restored()), "label": _("back in use")},
            {"value": plan.unchanged, "label": _("unchanged")},
        ],
        "count": count,
        "mark": plan.mark,
        "problems": _problems(plan.problems) if plan.problems else None,
        "written": _written(doing) if count else None,
        "more": max(len(doing) - SHOWN, 0),
    }


def _problems(found: Sequence[tuple[int, str]]) -> dict[str, Any]:
    return {
        "caption": _("Rows that can't go in"),
        "columns": [{"label": _("Row in the file")}, {"label": _("What is wrong")}],
        "rows": [[_("Row %(number)s") % {"number": number}, words] for number, words in found[:SHOWN]],
    }


def _written(steps: Sequence[Step]) -> dict[str, Any]:
    return {
        "caption": _("What will be written"),
        "columns": [{"label": _("Code")}, {"label": _("Name")}, {"label": _("What happens")}],
        "rows": [[step.record.code, step.name, _deeds(step)] for step in steps[:SHOWN]],
    }


def _deeds(step: Step) -> str:
    if step.unit is None:
        return _("new, below %(parent)s") % {"parent": step.parent_code}
    words = [f"{name}: {_shown(old)} → {_shown(new)}" for name, (old, new) in step.changes.items()]
    if step.moves_from is not None:
        words.append(
            _("moves from %(old)s to %(new)s") % {"old": step.moves_from or "–", "new": step.parent_code}
        )
    if step.retires:
        words.append(_("is retired; roles in it end"))
    if step.restores:
        words.append(_("is put back into use"))
    return "; ".join(words)


def _shown(value: object) -> str:
    return str(getattr(value, "code", value) or "–")
