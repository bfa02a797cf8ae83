"""What the preview and the report show of a sheet, as the components take it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common.text import safe_cell
from rembuk.proposals.actions.import_file import FileOutcome
from rembuk.proposals.imports.reading import Reading
from rembuk.proposals.imports.sheets import SheetRow
from rembuk.web.imports.templates import NAMES

SHOWN = 50


def crumbs(last: str) -> list[dict[str, str]]:
    """The way back to the beginning of the import."""
    return [{"label": _("Import"), "url": reverse("desk_imports:start")}, {"label": last}]


def stats(counts: Mapping[str, int]) -> list[dict[str, object]]:
    """The four counts, which add up to the rows of the sheet."""
    return [
        {"value": counts["created"], "label": _("new")},
        {"value": counts["updated"], "label": _("changed")},
        {"value": counts["unchanged"], "label": _("known already, unchanged")},
        {"value": counts["rejected"], "label": _("rejected"), "tone": "bad" if counts["rejected"] else ""},
    ]


def preview(reading: Reading, outcome: FileOutcome) -> dict[str, Any]:
    """The first rows that go in, as they will be entered; none for rows that are refused."""
    refused = {row.number for row, _reason in outcome.rejected}
    records = [record for record in reading.records.values() if record.row not in refused]
    return {
        "caption": _("The first rows as they will be entered"),
        "columns": [
            {"label": _("Row")},
            {"label": _("Title")},
            {"label": _("Place")},
            {"label": _("Category")},
            {"label": _("On behalf of")},
        ],
        "rows": [
            [
                _row(record.row),
                record.title,
                ", ".join(part for part in (record.place, record.village, record.district) if part) or "–",
                record.activity or "–",
                record.on_behalf_of or "–",
            ]
            for record in records[:SHOWN]
        ],
    }


def problems(found: Iterable[tuple[SheetRow, str]], caption: str) -> dict[str, Any] | None:
    """Rows with what is to say of them, as a table; ``None`` without any."""
    return problem_table([(row.number, words) for row, words in found], caption)


def problem_table(found: Sequence[Sequence[Any]], caption: str) -> dict[str, Any] | None:
    """As ``problems``, from numbers of rows in the file and sentences."""
    if not found:
        return None
    return {
        "caption": caption,
        "columns": [{"label": _("Row in the file")}, {"label": _("What is wrong")}],
        "rows": [[_row(number), words] for number, words in sorted(found, key=lambda row: int(row[0]))],
    }


def _row(number: int) -> str:
    return _("Row %(number)s") % {"number": number}


def rejected_csv(found: Sequence[tuple[SheetRow, str]]) -> bytes:
    """The rejected rows with number and reason before their own cells, to be mended and sent again."""
    names = list(found[0][0].cells) if found else NAMES
    lines = [["baris", "alasan", *names]]
    lines += [[str(row.number), reason, *(row.get(name) for name in names)] for row, reason in found]
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(cell) for cell in line] for line in lines)
    return ("\ufeff" + out.getvalue()).encode()
