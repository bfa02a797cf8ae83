"""Templates of a layout, and what the preview and the reports show of a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from rembuk.common.text import safe_cell
from rembuk.proposals.imports.layouts import OFFICE, Layout
from rembuk.proposals.imports.reading import Reading
from rembuk.proposals.imports.sheets import SheetRow

SHOWN = 20
_EXAMPLE = {
    "nomor": "1",
    "judul": "Perbaikan saluran air di Dusun Krajan",
    "uraian": "Saluran tersumbat dan meluap ke jalan setiap hujan. Warga mengusulkan pengerukan dan penutup beton.",
    "kategori": "Drainase",
    "kecamatan": "Sukamaju",
    "desa_kelurahan": "Mekarsari",
    "lokasi": "RT 02 RW 05, depan mushala",
    "satuan_kerja": "",
    "pengusul": "Ketua RW 05",
    "tanggal": "2026-02-14",
    "tahun_perencanaan": "2027",
}


def columns(layout: Layout = OFFICE) -> list[str]:
    """All columns in the order of the template."""
    return [name for name in _EXAMPLE if name in {*layout.required, *layout.optional}]


def template_csv() -> str:
    """The template with one example row; with a byte order mark, so that spreadsheets read UTF-8."""
    return "\ufeff" + _csv([columns(), [_EXAMPLE[name] for name in columns()]])


def template_xlsx() -> bytes:
    """The template as a workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Usulan")
    head = book.add_format({"bold": True})
    sheet.set_column(0, len(columns()) - 1, 24)
    sheet.write_row(0, 0, columns(), head)
    sheet.write_row(1, 0, [_EXAMPLE[name] for name in columns()])
    book.close()
    return out.getvalue()


def preview(reading: Reading) -> dict[str, Any]:
    """The first records as a table, with how many there are."""
    records = list(reading.records.values())
    return {
        "caption": _("The first rows as they will be entered"),
        "columns": [
            {"label": _("Title")},
            {"label": _("Place")},
            {"label": _("Category")},
            {"label": _("On behalf of")},
        ],
        "rows": [
            [r.title, ", ".join(p for p in (r.place, r.village, r.district) if p), r.activity, r.on_behalf_of]
            for r in records[:SHOWN]
        ],
    }


def problems(rows: Iterable[tuple[SheetRow, str]], caption: str) -> dict[str, Any]:
    """Rows with a reason as a table: number in the file, reason."""
    return {
        "caption": caption,
        "columns": [{"label": _("Row in the file"), "kind": "num"}, {"label": _("Reason")}],
        "rows": [[str(row.number), reason] for row, reason in sorted(rows, key=lambda pair: pair[0].number)],
    }


def rejected_csv(rows: Sequence[tuple[SheetRow, str]]) -> str:
    """The rejected rows with number and reason, to be mended and sent again."""
    names = list(rows[0][0].cells) if rows else columns()
    lines = [["baris", "alasan", *names]]
    lines += [[str(row.number), reason, *(row.get(name) for name in names)] for row, reason in rows]
    return "\ufeff" + _csv(lines)


def _csv(lines: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([safe_cell(cell) for cell in line] for line in lines)
    return out.getvalue()
