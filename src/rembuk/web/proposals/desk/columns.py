"""The columns of an export of proposals: what each is called, and how it is read from a row.

No addresses of mail and no masked names: what stands here may leave the house. Not here: writing files (``files``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from rembuk.proposals.choices import AnswerKind, Source
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.web.proposals.public_rows import public_name

type Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its stable name in the file, its word in the form, and its value."""

    name: str
    label: Promise
    value: Callable[[Proposal], Cell]


def _day(moment: datetime | None) -> date | None:
    return localtime(moment).date() if moment else None


def _answer(proposal: Proposal) -> str:
    kind = getattr(proposal, "answer_kind", None)
    return str(AnswerKind(kind).label) if kind else ""


COLUMNS: tuple[Column, ...] = (
    Column("kode", _("Code"), lambda p: p.code),
    Column("judul", _("Title"), lambda p: p.title),
    Column("status", _("State"), lambda p: str(State(p.state).label)),
    Column("kategori", _("Category"), lambda p: p.category.label if p.category else ""),
    Column("kode_wilayah", _("Region code"), lambda p: p.region_id or ""),
    Column("wilayah", _("Region"), lambda p: p.region.full_name if p.region else ""),
    Column("tempat", _("Place"), lambda p: p.place),
    Column("satuan_kerja", _("Work unit"), lambda p: p.unit.name if p.unit else ""),
    Column("pelaksana", _("Executing unit"), lambda p: p.executing_unit.name if p.executing_unit else ""),
    Column("sumber", _("Source"), lambda p: str(Source(p.source).label)),
    Column("tahun", _("Planning year"), lambda p: p.planning_year),
    Column("perkiraan_rupiah", _("Estimated cost"), lambda p: p.estimate),
    Column("dikirim", _("Received"), lambda p: _day(p.submitted_at)),
    Column("diterbitkan", _("Published"), lambda p: _day(p.published_at)),
    Column("ditelaah", _("Considered"), lambda p: _day(p.considered_at)),
    Column("tenggat", _("Answer due"), lambda p: _day(p.answer_due_at)),
    Column("tanggapan", _("Official answer"), _answer),
    Column("alasan", _("Reason of the answer"), lambda p: getattr(p, "answer_reason", "") or ""),
    Column("dukungan", _("Supports"), lambda p: p.subject.figures.support if p.subject else 0),
    Column("komentar", _("Comments"), lambda p: p.subject.figures.comments if p.subject else 0),
    Column("nomor_impor", _("Number in the imported sheet"), lambda p: p.import_number),
    Column("pengusul", _("Proposer as shown to the public"), public_name),
    Column("uraian", _("Text"), lambda p: p.body),
)
BY_NAME = {column.name: column for column in COLUMNS}
DEFAULT = ("kode", "judul", "status", "kategori", "wilayah", "satuan_kerja", "sumber", "tahun", "diterbitkan")
