"""Which sheets the workbook has, which columns, what belongs there. The order is that of the template."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what belongs there, an example."""

    name: str
    meaning: Promise
    example: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet: its tab and its columns."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The heads of the columns."""
        return [column.name for column in self.columns]

    @property
    def required(self) -> list[str]:
        """The heads of the columns that may not be missing."""
        return [column.name for column in self.columns if column.is_required]


MILESTONES = Layout(
    "Tonggak",
    (
        Column("fase", _("The phase: its number from 1, or its name."), "2", True),
        Column("judul", _("What is to be reached, in one line."), "Pengerasan ruas Cibeet selesai", True),
        Column("bobot", _("How much it weighs beside the others; 1 when empty."), "3"),
        Column("mulai", _("First planned day: 01/02/2027 or 2027-02-01."), "01/02/2027", True),
        Column("selesai", _("Last planned day."), "31/05/2027", True),
        Column("satuan_kerja", _("Code or name of the office; empty means the one of the programme."), ""),
        Column("keterangan", _("What it takes, in a few sentences."), "Panjang 1,8 km, lebar 3 m"),
    ),
)
PAGU = Layout(
    "Pagu",
    (
        Column("sumber_dana", _("One of the sources named below."), "APBD kabupaten/kota", True),
        Column("jumlah", _("The pagu in rupiah: 1500000000, Rp1.500.000.000,00 or 1,5 M."), "1,5 M", True),
    ),
)
CASH = Layout(
    "Rencana kas",
    (
        Column("bulan", _("The month: 2027-03, 03/2027 or any day in it."), "2027-03", True),
        Column("jumlah", _("What is to be spent in it, in rupiah."), "250 juta", True),
    ),
)
SPENDINGS = Layout(
    "Realisasi",
    (
        Column("tanggal", _("The day of payment, today or before."), "15/03/2027", True),
        Column(
            "nomor_dokumen", _("Such as the number of the SP2D; once in a programme."), "SP2D-0012/2027", True
        ),
        Column("sumber_dana", _("One of the sources named below, with a pagu."), "APBD kabupaten/kota", True),
        Column("jumlah", _("What was paid, in rupiah."), "Rp250.000.000,00", True),
        Column("uraian", _("What it was for. Public."), "Termin pertama pengerasan jalan"),
    ),
)
INDICATORS = Layout(
    "Indikator",
    (
        Column(
            "nama", _("What is measured. One row for each period, with the same name."), "Panjang jalan", True
        ),
        Column(
            "tingkat", _("Masukan, Keluaran or Hasil; needed in the first row of an indicator."), "Keluaran"
        ),
        Column("satuan", _("The unit; needed in the first row of an indicator."), "km"),
        Column("arah", _("naik: higher is better (also when empty); turun: lower is better."), "naik"),
        Column("nilai_awal", _("The value before the work began."), "1,2"),
        Column("sumber", _("Where the values are known from."), "Dinas Pekerjaan Umum"),
        Column("periode", _("The name of the period."), "Triwulan I 2027", True),
        Column("berakhir", _("The last day of the period."), "31/03/2027", True),
        Column("target", _("What is to be reached by then."), "2,5", True),
        Column("realisasi", _("What was reached; empty while it is not known."), ""),
        Column("sumber_realisasi", _("Where that is known from; needed with realisasi."), ""),
    ),
)
LAYOUTS = (MILESTONES, PAGU, CASH, SPENDINGS, INDICATORS)
