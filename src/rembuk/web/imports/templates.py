"""The template of the offices' layout as CSV and XLSX, with each column explained."""

import csv
import io
from typing import Any

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.taxonomy import selectors as taxonomy

# Column, what belongs there, an example. The order is that of the template.
COLUMNS: tuple[tuple[str, Promise, str], ...] = (
    (
        "nomor",
        gettext_lazy("Your own number of the row, so that it is recognised when sent again. May be empty."),
        "1",
    ),
    (
        "judul",
        gettext_lazy("What is proposed, in one line. Required."),
        "Perbaikan saluran air di Dusun Krajan",
    ),
    ("uraian", gettext_lazy("What and why, in a few sentences."), "Saluran meluap ke jalan setiap hujan."),
    ("kategori", gettext_lazy("The name of a category of this site."), "Drainase dan trotoar"),
    ("kecamatan", gettext_lazy("Name of the subdistrict. Empty means your own place."), "Sukamaju"),
    ("desa_kelurahan", gettext_lazy("Name of the village or urban village."), "Mekarsari"),
    ("lokasi", gettext_lazy("The place in words: hamlet, RT and RW, landmark."), "RT 02 RW 05, depan musala"),
    ("satuan_kerja", gettext_lazy("The work unit that should carry it out, if you know it."), ""),
    ("pengusul", gettext_lazy("On whose behalf: a person, group or meeting."), "Ketua RW 05"),
    ("tanggal", gettext_lazy("When it was proposed: 14/02/2026 or 2026-02-14."), "14/02/2026"),
    ("tahun_perencanaan", gettext_lazy("The year it is meant for."), "2027"),
)
NAMES = [name for name, _meaning, _example in COLUMNS]


def explained() -> dict[str, Any]:
    """The columns as a table for the page."""
    return {
        "caption": _("The columns"),
        "caption_hidden": True,
        "columns": [{"label": _("Column")}, {"label": _("What belongs there")}, {"label": _("Example")}],
        "rows": [[name, str(meaning), example] for name, meaning, example in COLUMNS],
    }


def csv_head() -> bytes:
    """The head alone, with semicolons and a byte order mark, as spreadsheets in Indonesian expect it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(NAMES)
    return ("\ufeff" + out.getvalue()).encode()


def xlsx() -> bytes:
    """A workbook: the sheet to fill in, its cells kept as text, and a second one that explains it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("Usulan")
    sheet.set_column(0, len(NAMES) - 1, 22, text)
    sheet.write_row(0, 0, NAMES, bold)
    sheet.freeze_panes(1, 0)
    _explain(book, bold)
    book.close()
    return out.getvalue()


def _explain(book: Any, bold: Any) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Petunjuk")
    for number, width in enumerate((20, 70, 44, 44)):
        sheet.set_column(number, number, width, wrapped)
    sheet.write_row(0, 0, [_("Column"), _("What belongs there"), _("Example"), _("Categories")], bold)
    for number, (name, meaning, example) in enumerate(COLUMNS, start=1):
        sheet.write_row(number, 0, [name, str(meaning), example], wrapped)
    for number, category in enumerate(taxonomy.active_categories(), start=1):
        sheet.write(number, 3, category.name, wrapped)
