"""A report as page and file: its parts in order, each with words, facts and tables, made of the row alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import IO, Any

from django.db.models import TextChoices
from django.http import FileResponse, HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from rembuk.accounts.quotas import Quota, network
from rembuk.reports.models import Report
from rembuk.web.accounts.door import spend
from rembuk.web.addresses import client_address
from rembuk.web.sheets.tables import Fact, Table, facts_sheet, sheet_of, shown_facts, shown_table
from rembuk.web.sheets.workbook import XLSX, Cell, Sheet, written

type Row = dict[str, Any]

# Files are made anew for each reader: generous for an office behind one address, not for a machine.
FILES = Quota("report.files", 60, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one part."""

    facts: Sequence[Fact] = ()
    tables: Sequence[Table] = field(default_factory=tuple)


def shown_parts(report: Report, labels: type[TextChoices], figures: Mapping[str, Figures]) -> list[Row]:
    """The parts for ``reports/_parts.html``, numbered; those with neither words nor figures are left out."""
    found = [_shown(report, part, label, figures) for part, label in labels.choices]
    kept = [row for row in found if row["html"] or row["facts"] or row["tables"]]
    return [{**row, "number": number} for number, row in enumerate(kept, 1)]


def _shown(report: Report, part: str, label: str, figures: Mapping[str, Figures]) -> Row:
    own = figures.get(part, Figures())
    return {
        "key": part,
        "label": label,
        "html": report.html.get(part, ""),
        "facts": shown_facts(own.facts),
        "tables": [shown_table(table) for table in own.tables if table],
    }


def workbook(report: Report, labels: type[TextChoices], figures: Mapping[str, Figures]) -> IO[bytes]:
    """The same as a spreadsheet: the words, the facts, and each table on its own sheet."""
    choices = [(part, str(label)) for part, label in labels.choices]
    words: list[list[Cell]] = [[label, _without_markup(report.html.get(part, ""))] for part, label in choices]
    facts = [(label, figures[part].facts) for part, label in choices if part in figures]
    tables = [table for own in figures.values() for table in own.tables if table]
    return written(
        [
            Sheet(_("Text of the report"), [(_("Part"), 30), (_("Text"), 100)], words),
            facts_sheet(_("Figures"), facts),
            *(sheet_of(table) for table in tables),
        ]
    )


def _without_markup(html: str) -> str:
    """The words as a cell holds them: no marks of the Markdown they were written in, points of lists kept."""
    return unescape(strip_tags(html.replace("<li>", "<li>• "))).strip()


def send(file_name: str, file: IO[bytes]) -> FileResponse:
    """The file under its name."""
    return FileResponse(file, as_attachment=True, filename=f"{file_name}.xlsx", content_type=XLSX)


def count_file(request: HttpRequest) -> None:
    """Count a file against the limit of the network.

    Raises:
        TooMany: for more than sixty files an hour.
    """
    spend(FILES, network(client_address(request)))


def exact(value: str | None) -> Decimal | None:
    """A figure of the snapshot."""
    return None if value is None else Decimal(value)


def day(value: str | None) -> date | None:
    """A day of the snapshot."""
    return date.fromisoformat(value) if value else None


def read_at(report: Report) -> datetime:
    """The instant at which the figures were read."""
    return datetime.fromisoformat(report.data["at"])
