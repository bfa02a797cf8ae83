"""The workbook to fill in: a sheet for each layer, its cells kept as text, and one that explains the columns."""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from rembuk.programs.choices import Fund, Level
from rembuk.programs.kinds import kind_of
from rembuk.programs.models import Program
from rembuk.programs.sheets.layout import LAYOUTS, Layout

type Table = dict[str, Any]


def workbook(program: Program) -> bytes:
    """The template for a programme; its phases are named in the explanation."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    for layout in LAYOUTS:
        sheet = book.add_worksheet(layout.name)
        sheet.set_column(0, len(layout.columns) - 1, 24, text)
        sheet.write_row(0, 0, layout.names, bold)
        sheet.freeze_panes(1, 0)
    _explain(book, bold, program)
    book.close()
    return out.getvalue()


def _explain(book: Any, bold: Any, program: Program) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Petunjuk")
    for number, width in enumerate((16, 20, 10, 64, 40)):
        sheet.set_column(number, number, width, wrapped)
    sheet.write_row(
        0, 0, [_("Sheet"), _("Column"), _("Required"), _("What belongs there"), _("Example")], bold
    )
    lines = [line for layout in LAYOUTS for line in _lines(layout)]
    for number, line in enumerate([*lines, [], *_words(program)], start=1):
        sheet.write_row(number, 0, line, wrapped)


def _lines(layout: Layout) -> list[list[str]]:
    return [
        [
            layout.name,
            column.name,
            _("yes") if column.is_required else "",
            str(column.meaning),
            column.example,
        ]
        for column in layout.columns
    ]


def _words(program: Program) -> list[list[str]]:
    """The words that closed lists take."""
    phases = [f"{phase.position}: {kind_of(phase.kind).label}" for phase in program.phases.all()]
    return [
        ["Tonggak", "fase", "", _("The phases of this work programme"), "; ".join(phases)],
        [
            "Pagu",
            "sumber_dana",
            "",
            _("The sources of funds"),
            "; ".join(str(label) for label in Fund.labels),
        ],
        ["Indikator", "tingkat", "", _("The levels"), "; ".join(str(label) for label in Level.labels)],
    ]


def explained() -> list[Table]:
    """The columns of each sheet as a table for the page."""
    return [
        {
            "caption": layout.name,
            "columns": [{"label": _("Column")}, {"label": _("What belongs there")}, {"label": _("Example")}],
            "rows": [
                [
                    f"{column.name} *" if column.is_required else column.name,
                    str(column.meaning),
                    column.example or "–",
                ]
                for column in layout.columns
            ],
        }
        for layout in LAYOUTS
    ]
