"""Which rows of a matrix: the filters of the staff list, and the row that comes after one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from uuid import UUID

from django.db.models import Q, QuerySet

from rembuk.accounts.models import Person
from rembuk.consultations.matrix import work
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.consultations.selectors import reach

MOST_WORDS = 8
# Receipt and point order: rows are made in it, and cut-out points come when they are cut.
ORDER = ("id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """What a list is narrowed to; empty means everything. ``clauses`` are keys of clauses, none of them finds no row."""

    clauses: frozenset[int] | None = None
    is_whole: bool = False
    state: str = ""
    verdict: str = ""
    unit: str = ""
    task: str = ""
    person: UUID | None = None
    is_with_nobody: bool = False
    category: str = ""
    participant: str = ""
    group: UUID | None = None
    group_words: str = ""
    words: str = ""
    is_returned: bool = False
    digest: str = ""


def readable(consultation: Consultation, by: Person) -> QuerySet[MatrixRow]:
    """The rows of a consultation that this person reads on the desk, without order."""
    return MatrixRow.objects.filter(reach.rows_for_staff(by), consultation=consultation)


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
        "assigned_to__public_id": wanted.person,
        "reason_digest": wanted.digest,
    }
    found = rows.filter(**{field: value for field, value in exact.items() if value})
    if wanted.clauses is not None:
        found = found.filter(clause__in=wanted.clauses)
    if wanted.is_whole:
        found = found.filter(clause=None)
    if wanted.is_with_nobody:
        found = found.filter(assigned_to=None)
    if wanted.is_returned:
        found = found.filter(work.RETURNED)
    if wanted.task:
        found = found.filter(work.TASKS[wanted.task](by))
    found = found.filter(_all(_is_titled, wanted.group_words))
    return found.filter(_all(_says, wanted.words))


def next_row(rows: QuerySet[MatrixRow], row: MatrixRow) -> MatrixRow | None:
    """The row after this one in the list."""
    return rows.filter(pk__gt=row.pk).order_by(*ORDER).only("public_id").first()


def previous_row(rows: QuerySet[MatrixRow], row: MatrixRow) -> MatrixRow | None:
    """The row before this one in the list."""
    return rows.filter(pk__lt=row.pk).order_by("-id").only("public_id").first()


def _all(about: Callable[[str], Q], words: str) -> Q:
    return reduce(and_, map(about, words.split()[:MOST_WORDS]), Q())


def _is_titled(word: str) -> Q:
    return Q(group__title__icontains=word, group__dismissed_at=None)


def _says(word: str) -> Q:
    """A word of the point or of its answer, or the end of a receipt."""
    return Q(text__icontains=word) | Q(reason__icontains=word) | Q(submission__code__iendswith=word)
