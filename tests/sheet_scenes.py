"""Workbooks with the layers of a programme, as an office would fill them in."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from rembuk.programs.sheets.book import Book, read_book
from rembuk.programs.sheets.layout import LAYOUTS

type Rows = Sequence[Sequence[object]]
HEADS = {layout.name: layout.names for layout in LAYOUTS}
WHOLE: dict[str, Rows] = {
    "Tonggak": [
        ["2", "Pengerasan ruas Cibeet selesai", "3", "01/02/2027", "31/05/2027", "", "Panjang 1,8 km"],
        ["Pelaksanaan", "Gorong-gorong terpasang", "", "2027-03-01", "2027-04-30", "DPU", ""],
    ],
    "Pagu": [["apbd", "1,5 M"], ["Grant", 250000.75]],
    "Rencana kas": [["2026-11", "250 juta"], ["12/2026", "Rp1.000.000.000,00"]],
    "Realisasi": [["20/11/2026", "SP2D-0012", "apbd", "Rp250.000.000,50", "Termin pertama"]],
    "Indikator": [
        [
            "Panjang jalan",
            "Keluaran",
            "km",
            "naik",
            "1,2",
            "DPU",
            "TW IV 2026",
            "31/12/2026",
            "2,5",
            "2",
            "BA-7",
        ],
        ["Panjang jalan", "", "", "", "", "", "TW I 2027", "2027-03-31", 5, "", ""],
        ["Waktu tempuh", "Hasil", "menit", "turun", "", "", "2027", "2027-12-31", "30", "", ""],
    ],
}


def workbook(sheets: Mapping[str, Rows], heads: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A workbook with these rows below the heads of the template."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, {**HEADS, **(heads or {})}.get(name, ["kolom"]))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def upload(sheets: Mapping[str, Rows]) -> SimpleUploadedFile:
    """The workbook as a browser sends it."""
    return SimpleUploadedFile("lapisan.xlsx", workbook(sheets))


def read(
    tmp_path: object, sheets: Mapping[str, Rows], heads: Mapping[str, Sequence[str]] | None = None
) -> Book:
    """The workbook as the import reads it."""
    from pathlib import Path

    path = Path(str(tmp_path)) / "lapisan.xlsx"
    path.write_bytes(workbook(sheets, heads))
    return read_book(path)
