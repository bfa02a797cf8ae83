"""Submissions read piece by piece, each with all its parts, the rows that answer them and what objections led to.

What is read points one way only, so that each piece is gone with its last line. A prefetch would let every part point back
at its submission: such rings stay until Python looks for them, and a long file would hold thousands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Final

from rembuk.consultations.models import Answer, MatrixRow, Objection, Remark, Submission
from rembuk.consultations.results.rows import second_answers
from rembuk.consultations.selectors import counted
from rembuk.web.consultations.results.files.taking import Taking

PIECE: Final = 100
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
    for piece in batched(found.iterator(chunk_size=PIECE), PIECE):
        yield from _whole(piece)


def _whole(piece: Sequence[Submission]) -> Iterator[Said]:
    keys = [submission.pk for submission in piece]
    remarks = _grouped(Remark.objects.filter(submission__in=keys).select_related("clause"))
    answers = _grouped(Answer.objects.filter(submission__in=keys).select_related("question"))
    found = list(MatrixRow.objects.filter(submission__in=keys).select_related(*_ROW_WITH).order_by("number"))
    rows, again = _grouped(found), second_answers(found)
    for submission in piece:
        key = submission.pk
        yield Said(submission, remarks.get(key, ()), answers.get(key, ()), rows.get(key, ()), again)


def _grouped[Part: (Remark, Answer, MatrixRow)](parts: Iterable[Part]) -> Mapping[int, Sequence[Part]]:
    """Parts by their submission, without reading it."""
    found: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.submission_id].append(part)
    return found
