"""Rows as a file to download: CSV piece by piece, or a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from rembuk.common.clock import local_date
from rembuk.common.text import safe_cell
from rembuk.siteconfig.selectors import current
from rembuk.web.sheets.workbook import XLSX, Cell, Sheet, written

BOM = "\ufeff"
"""The mark by which spreadsheets know UTF-8."""


class Echo:
    """Hands back what a CSV writer writes."""

    def write(self, value: str) -> str:
        """The line as it was given."""
        return value


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A CSV file piece by piece; the cells are safe in a spreadsheet already."""
    writer = csv.writer(Echo())
    yield BOM
    for row in rows:
        yield writer.writerow(row)


def csv_answer(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    """The lines of a CSV file as a download of this name."""
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def dated(stem: str, kind: str) -> str:
    """The name of a file of today, where the office is."""
    return f"{stem}-{local_date(None, current().tz).isoformat()}.{kind}"


def list_file(stem: str, sheet: Sheet, kind: str) -> HttpResponseBase:
    """A list of staff as a file of today, ``csv`` or ``xlsx``; each cell is safe against formulas."""
    if kind == "xlsx":
        return FileResponse(
            written([sheet]), as_attachment=True, filename=dated(stem, kind), content_type=XLSX
        )
    head = [label for label, _width in sheet.columns]
    return csv_answer(csv_lines(_safe(head, sheet.rows)), dated(stem, kind))


def _safe(head: Sequence[str], rows: Iterable[Iterable[Cell]]) -> Iterator[list[str]]:
    yield list(head)
    for row in rows:
        yield [safe_cell("" if cell is None else str(cell)) for cell in row]
