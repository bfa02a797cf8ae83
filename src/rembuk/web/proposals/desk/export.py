"""Proposals as a CSV or XLSX file in chosen columns: streamed, safe against formulas, recorded in the trail."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.common.text import safe_cell
from rembuk.proposals.models import OfficialAnswer, Proposal
from rembuk.web.proposals.desk.columns import BY_NAME, COLUMNS, DEFAULT, Cell, Column
from rembuk.web.sheets.files import csv_answer, csv_lines, dated

CHUNK = 1000
# Shown as numbered fields, so that the order of columns is chosen without a script.
PLACES = 14
_FORMS = (("xlsx", gettext_lazy("Spreadsheet (XLSX)")), ("csv", gettext_lazy("Text table (CSV)")))
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportForm(forms.Form):
    """Which columns in which order, and which kind of file."""

    hide_optional = True

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        labels = [("", _("No column")), *((column.name, column.label) for column in COLUMNS)]
        for place in range(1, PLACES + 1):
            self.fields[f"kolom_{place}"] = forms.ChoiceField(
                label=_("Column %(n)s") % {"n": place},
                choices=labels,
                required=False,
                initial=DEFAULT[place - 1] if place <= len(DEFAULT) else "",
            )
        self.fields["bentuk"] = forms.ChoiceField(
            label=_("Kind of file"), choices=_FORMS, initial="xlsx", widget=forms.RadioSelect
        )

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        chosen = [name for place in range(1, PLACES + 1) if (name := kept.get(f"kolom_{place}"))]
        if not chosen:
            self.add_error("kolom_1", _("Choose at least one column."))
        elif len(set(chosen)) < len(chosen):
            self.add_error("kolom_1", _("A column can be chosen once."))
        kept["columns"] = [BY_NAME[name] for name in chosen]
        return kept


def export_rows(found: QuerySet[Proposal], columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """Head and rows in the order of ``columns``, read in pieces by a cursor of the server."""
    yield [column.name for column in columns]
    for proposal in _whole(found).iterator(chunk_size=CHUNK):
        yield [column.value(proposal) for column in columns]


def file_answer(rows: Iterable[list[Cell]], form: str) -> HttpResponseBase:
    """The rows as a file to download."""
    name = dated("usulan", form)
    if form == "csv":
        return csv_answer(csv_lines([_plain(cell) for cell in row] for row in rows), name)
    return FileResponse(_xlsx(rows), as_attachment=True, filename=name, content_type=_XLSX)


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return safe_cell(cell) if isinstance(cell, str) else str(cell)


def _xlsx(rows: Iterable[list[Cell]]) -> Any:
    # The answer closes it when it is sent.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_("Proposals"))
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                _write(sheet, (number, place), cell, days, bold if number == 0 else None)
    file.seek(0)
    return file


def _write(sheet: Any, where: tuple[int, int], cell: Cell, days: Any, bold: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        sheet.write_datetime(*where, cell, days)
    elif isinstance(cell, int):
        sheet.write_number(*where, cell)
    else:
        sheet.write_string(*where, cell, bold)


def _whole(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    newest = OfficialAnswer.objects.filter(proposal=OuterRef("pk")).order_by("-at", "-id")
    return (
        found.select_related("category", "region", "unit", "executing_unit", "author", "subject__figures")
        .annotate(
            answer_kind=Subquery(newest.values("kind")[:1]),
            answer_reason=Subquery(newest.values("reason")[:1]),
        )
        .order_by("id")
    )
