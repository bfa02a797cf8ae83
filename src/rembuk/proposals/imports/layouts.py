"""Layouts: which columns a file has and what its rows mean. ``LAYOUTS`` is the closed list."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rembuk.common.clock import WIB
from rembuk.common.text import clean_line, excerpt
from rembuk.proposals.choices import Source
from rembuk.proposals.imports.records import BadRow, Record
from rembuk.proposals.imports.sheets import SheetRow

TITLE_MAX = 300
PLACE_MAX = 300
STAGES: dict[str, str] = {
    "musrenbang desa/kelurahan": Source.VILLAGE_MEETING,
    "musrenbang kecamatan": Source.SUBDISTRICT_MEETING,
    "musrenbang kabupaten": Source.AGENCY,
    "musrenbang kabupaten/kota": Source.AGENCY,
    "pokok pikiran dewan": Source.COUNCIL,
    "pokok pikiran dprd": Source.COUNCIL,
    "rancangan awal": Source.AGENCY,
    "rancangan renja": Source.AGENCY,
}
_DATES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
_SMALL_WORDS = re.compile(r"\b(Dan|Di|Ke|Dari|Yang|Untuk|Atau)\b")


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file: its required and optional columns and how a row is read."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    read: Callable[[SheetRow], Record]

    def missing(self, row: SheetRow) -> list[str]:
        """Required columns that the file lacks."""
        return [column for column in self.required if column not in row.cells]


def read_date(text: str) -> datetime | None:
    """An instant from the usual ways of writing a date, at WIB; ``None`` for an empty cell.

    Raises:
        BadRow: for anything that is not a date.
    """
    if not text:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=WIB)
        except ValueError:
            continue
    raise BadRow(_("“%(text)s” is not a date.") % {"text": text[:40]})


def proper(name: str) -> str:
    """A name typed in capitals as people read it: ``CICANTAYAN`` becomes ``Cicantayan``; mixed case stays."""
    line = clean_line(name)
    if not line.isupper():
        return line
    return _SMALL_WORDS.sub(lambda match: match[0].lower(), line.title())


def _musrenbang(row: SheetRow) -> Record:
    """A planning record: title = kegiatan + place, source from the stage, kegiatan as category."""
    stage = clean_line(row.get("tahapan"))
    source = STAGES.get(stage.lower())
    if source is None:
        raise BadRow(_("The stage “%(stage)s” is unknown.") % {"stage": stage[:60]})
    activity = proper(row.get("kegiatan"))
    if not activity:
        raise BadRow(
            _("The column “%(column)s” is empty: a proposal needs a title.") % {"column": "kegiatan"}
        )
    if not row.get("nomor"):
        raise BadRow(_("The column “%(column)s” is empty.") % {"column": "nomor"})
    place = clean_line(row.get("lokasi"))
    when = read_date(row.get("tanggal"))
    return Record(
        row=row.number,
        number=row.get("nomor"),
        parent=row.get("induk"),
        source=source,
        stage_label=stage,
        activity=activity,
        title=_title(activity, place, proper(row.get("desa_kelurahan")), proper(row.get("kecamatan"))),
        body=_body(row.get("uraian") or activity, place),
        district=proper(row.get("kecamatan")),
        village=proper(row.get("desa_kelurahan")),
        place=place,
        executor=clean_line(row.get("satuan_kerja_pelaksana")),
        on_behalf_of="",
        happened_at=when,
        # Villages meet in the year before the plan (Permendagri 86/2017).
        planning_year=when.year + 1 if when else None,
    )


def _office_sheet(row: SheetRow) -> Record:
    """The template for kecamatan and desa staff: one proposal a row, with who proposed it."""
    title = clean_line(row.get("judul"))
    if not title:
        raise BadRow(_("The column “%(column)s” is empty: a proposal needs a title.") % {"column": "judul"})
    year = row.get("tahun_perencanaan")
    if year and not re.fullmatch(r"20\d\d", year):
        raise BadRow(_("“%(text)s” is not a year.") % {"text": year[:20]})
    place = clean_line(row.get("lokasi"))
    return Record(
        row=row.number,
        number=row.get("nomor"),
        parent="",
        source=Source.VILLAGE_MEETING,
        stage_label="",
        activity=clean_line(row.get("kategori")),
        title=title[:TITLE_MAX],
        body=_body(row.get("uraian") or title, place),
        district=proper(row.get("kecamatan")),
        village=proper(row.get("desa_kelurahan")),
        place=place,
        executor=clean_line(row.get("satuan_kerja")),
        on_behalf_of=clean_line(row.get("pengusul"))[:120],
        happened_at=read_date(row.get("tanggal")),
        planning_year=int(year) if year else None,
    )


def _title(activity: str, place: str, village: str, district: str) -> str:
    where = ", ".join(
        part for part in (excerpt(place, 60), village, f"Kec. {district}" if district else "") if part
    )
    return excerpt(f"{activity}: {where}" if where else activity, TITLE_MAX)


def _body(text: str, place: str) -> str:
    """The text, with the whole place below it where the field for the place can't hold it."""
    return text if len(place) <= PLACE_MAX else f"{text}\n\n{place}"


MUSRENBANG = Layout(
    name="musrenbang",
    required=("nomor", "induk", "tahapan", "kegiatan"),
    optional=(
        "uraian",
        "kecamatan",
        "desa_kelurahan",
        "lokasi",
        "satuan_kerja_pengusul",
        "satuan_kerja_pelaksana",
        "tanggal",
    ),
    read=_musrenbang,
)
OFFICE = Layout(
    name="kantor",
    required=("judul",),
    optional=(
        "nomor",
        "uraian",
        "kategori",
        "kecamatan",
        "desa_kelurahan",
        "lokasi",
        "satuan_kerja",
        "pengusul",
        "tanggal",
        "tahun_perencanaan",
    ),
    read=_office_sheet,
)
LAYOUTS = {layout.name: layout for layout in (MUSRENBANG, OFFICE)}
