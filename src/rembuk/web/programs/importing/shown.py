"""What the preview of a workbook shows, as the components take it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.programs.actions.importing.outcome import Line, Outcome, Problem
from rembuk.web.components.formats import number

SHOWN = 200
type Table = dict[str, Any]


def preview(outcome: Outcome) -> dict[str, Any]:
    """Counts and tables; a table is ``None`` where it would be empty."""
    return {
        "stats": [
            {"value": len(outcome.written), "label": _("new or changed")},
            {"value": len(outcome.known), "label": _("known already, unchanged")},
            {
                "value": len(outcome.problems),
                "label": _("faults"),
                "tone": "bad" if outcome.problems else "",
            },
        ],
        "count": 0 if outcome.problems else len(outcome.written),
        "problems": _problems(outcome.problems),
        "written": _lines(outcome.written, _("What will be entered")),
        "known": _lines(outcome.known, _("Known already: stays as it is")),
    }


def report(outcome: Outcome) -> str:
    """What is said when it is done."""
    words = ngettext("%(count)s row is entered.", "%(count)s rows are entered.", len(outcome.written))
    return words % {"count": number(len(outcome.written))}


def _problems(rows: Iterable[Problem]) -> Table | None:
    found = sorted(rows, key=lambda row: (row.sheet, row.row))[:SHOWN]
    heads = [_("Sheet"), _("Row"), _("Column"), _("What is wrong")]
    return _table(
        _("What has to be mended"),
        heads,
        [[row.sheet, str(row.row or "–"), row.column or "–", row.words] for row in found],
    )


def _lines(rows: Iterable[Line], caption: str) -> Table | None:
    found = list(rows)[:SHOWN]
    heads = [_("Sheet"), _("Row"), _("What it says")]
    return _table(caption, heads, [[row.sheet, str(row.row), row.words] for row in found])


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> Table | None:
    if not rows:
        return None
    return {"caption": caption, "columns": [{"label": head} for head in heads], "rows": rows}
