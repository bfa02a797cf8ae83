"""Submissions read piece by piece, each with all its parts, the rows that answer them and what objections led to.

Pages may go through PgBouncer, where no cursor of the server outlives its transaction: an ``iterator`` first takes all rows
into memory there. Whatever is long is read by its keys instead (``in_pieces``).

What is read points one way only, so that each piece is gone with its last line. A prefetch would let every part point back
at its submission: such rings stay until Python looks for them, and a long file would hold thousands.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Final

from django.db.models import Model, QuerySet

from rembuk.consultations.models import Answer, MatrixRow, Objection, Remark, Submission
from rembuk.consultations.results.rows import second_answers
from rembuk.consultations.selectors.heard import counted
from rembuk.web.consultations.results.files.taking import Taking

PIECE: Final = 100
_KEYS: Final = 5_000
_ROW_WITH = ("remark", "office", "unit", "clause", "question")


@dataclass(frozen=True, slots=True)
class Said:
    """A submission, its remarks and answers in the order they were given, its rows by number; ``again`` has the decided
    objections by the row they are about.
    """

    submission: Submission
    remarks: Sequence[Remark]
    answers: Sequence[Answer]
    rows: Sequence[MatrixRow]
    again: Mapping[int, Objection]


def read(taking: Taking) -> Iterator[Said]:
    """Every submission that counts, in the order of the file."""
    found = counted(taking.consultation).select_related("decided_reason").order_by(taking.order())
    for piece in in_pieces(found, PIECE):
        yield from _whole(piece)


def in_pieces[Row: Model](found: QuerySet[Row], size: int) -> Iterator[Sequence[Row]]:
    """Rows in the order of ``found``, ``size`` at a time, whether or not the connection can hold a cursor.

    All keys are read first, eight bytes each: to go on behind a place in an order drawn by lot, the server would have to
    draw it anew for every piece. A row that is gone meanwhile, or no longer belongs to ``found``, is left out.
    """
    keys = array("q", found.values_list("pk", flat=True).iterator(chunk_size=_KEYS))
    rows = found.order_by()
    for piece in batched(keys, size):
        by_key = rows.in_bulk(piece)
        yield [by_key[key] for key in piece if key in by_key]


def _whole(piece: Sequence[Submission]) -> Iterator[Said]:
    keys = [submission.pk for submission in piece]
    remarks = _grouped(Remark.objects.filter(submission__in=keys).select_related("clause"))
    answers = answers_of(piece)
    found = list(MatrixRow.objects.filter(submission__in=keys).select_related(*_ROW_WITH).order_by("number"))
    rows, again = _grouped(found), second_answers(found)
    for submission in piece:
        key = submission.pk
        yield Said(submission, remarks.get(key, ()), answers.get(key, ()), rows.get(key, ()), again)


def answers_of(submissions: Sequence[Submission]) -> Mapping[int, Sequence[Answer]]:
    """Their answers as they are now, in the order of giving, by submission: whoever changes hers gives all of them anew."""
    given = Answer.objects.filter(submission__in=[submission.pk for submission in submissions])
    return _grouped(given.select_related("question").order_by("id"))


def _grouped[Part: (Remark, Answer, MatrixRow)](parts: Iterable[Part]) -> Mapping[int, Sequence[Part]]:
    """Parts by their submission, without reading it."""
    found: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.submission_id].append(part)
    return found
