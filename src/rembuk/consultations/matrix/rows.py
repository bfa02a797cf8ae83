"""Which rows of a matrix: the filters of the staff list, and the row that comes after one."""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from uuid import UUID

from django.db.models import Q, QuerySet

from rembuk.accounts.models import Person
from rembuk.consultations import selectors
from rembuk.consultations.matrix import work
from rembuk.consultations.models import Consultation, MatrixRow

MOST_WORDS = 8
# Receipt and point order: rows are made in it, and cut-out points come when they are cut.
ORDER = ("id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """What a list is narrowed to; empty means everything. ``clause`` is a number, 0 for none, as ``person`` is."""

    clause: int | None = None
    state: str = ""
    verdict: str = ""
    unit: str = ""
    task: str = ""
    person: int | None = None
    category: str = ""
    participant: str = ""
    group: UUID | None = None
    words: str = ""
    is_returned: bool = False
    digest: str = ""


def readable(consultation: Consultation, by: Person) -> QuerySet[MatrixRow]:
    """The rows of a consultation that this person reads on the desk, without order."""
    return MatrixRow.objects.filter(selectors.rows_for_staff(by), consultation=consultation)


def listed(consultation: Consultation, by: Person) -> QuerySet[MatrixRow]:
    """The readable rows with all that a line of the list shows, in one query."""
    related = ("consultation", "submission__author", "unit", "assigned_to", "category", "question", "group")
    return readable(consultation, by).select_related(*related)


def filtered(rows: QuerySet[MatrixRow], wanted: RowFilter, by: Person) -> QuerySet[MatrixRow]:
    """The rows a filter lets through. ``task``: ``saya``, ``kosong``, ``setujui`` or ``terbitkan``."""
    exact = {
        "state": wanted.state,
        "verdict": wanted.verdict,
        "unit__code": wanted.unit,
        "category__slug": wanted.category,
        "submission__participant_kind": wanted.participant,
        "group__public_id": wanted.group,
        "reason_digest": wanted.digest,
    }
    found = rows.filter(**{field: value for field, value in exact.items() if value})
    if wanted.clause is not None:
        about = Q(clause__number=wanted.clause) if wanted.clause else Q(clause=None)
        found = found.filter(about)
    if wanted.person is not None:
        found = found.filter(assigned_to=wanted.person or None)
    if wanted.is_returned:
        found = found.filter(work.RETURNED)
    if wanted.task:
        found = found.filter(work.TASKS[wanted.task](by))
    return found.filter(reduce(and_, map(_says, wanted.words.split()[:MOST_WORDS]), Q()))


def next_row(rows: QuerySet[MatrixRow], row: MatrixRow) -> MatrixRow | None:
    """The row after this one in the list."""
    return rows.filter(pk__gt=row.pk).order_by(*ORDER).only("public_id").first()


def previous_row(rows: QuerySet[MatrixRow], row: MatrixRow) -> MatrixRow | None:
    """The row before this one in the list."""
    return rows.filter(pk__lt=row.pk).order_by("-id").only("public_id").first()


def _says(word: str) -> Q:
    """A word of the point or of its answer, or the end of a receipt."""
    return Q(text__icontains=word) | Q(reason__icontains=word) | Q(submission__code__iendswith=word)
