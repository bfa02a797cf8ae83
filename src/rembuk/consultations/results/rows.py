"""The matrix as everybody reads it: every row, the answer where it is published, the text where it may be shown."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from rembuk.consultations.models import Clause, ClauseText, Consultation, MatrixRow, Objection
from rembuk.consultations.selectors.heard import shows_submissions
from rembuk.consultations.states import RowState, SubmissionState

ORDER = ("submission__number", "number")
# What may be asked of the public besides a verdict: the rows not answered yet.
UNANSWERED = "open"
_WITH = (
    "submission__author",
    "submission__decided_reason",
    "submission__objection__office",
    "remark",
    "question",
    "clause",
    "changed_clause",
    "changed_version",
    "office",
    "unit",
)
_SHOWN = Q(submission__state=SubmissionState.SENT, submission__is_rechecking=False)
_PUBLISHED = Q(state=RowState.PUBLISHED)


def matrix_rows(
    consultation: Consultation, at: datetime, *, clause: int | None = None, verdict: str = "", words: str = ""
) -> QuerySet[MatrixRow]:
    """Rows with what a reader sees of them, without order (``ORDER``), filtered by what is public of them alone.

    None while submissions are not shown yet.
    ``clause`` is a public number; ``verdict`` also ``UNANSWERED``; each of ``words`` must stand in a shown text or a
    published answer.
    """
    if not shows_submissions(consultation, at):
        return MatrixRow.objects.none()
    rows = MatrixRow.objects.filter(consultation=consultation).select_related(*_WITH)
    if clause is not None:
        rows = rows.filter(clause__number=clause)
    if verdict == UNANSWERED:
        rows = rows.exclude(_PUBLISHED)
    elif verdict:
        rows = rows.filter(_PUBLISHED, verdict=verdict)
    for word in words.replace("\x00", "").split()[:10]:
        answer = Q(reason__icontains=word) | Q(change__icontains=word)
        rows = rows.filter((_SHOWN & Q(text__icontains=word)) | (_PUBLISHED & answer))
    return rows


def is_text_shown(row: MatrixRow) -> bool:
    """Whether the public reads the text of the submission a row is about."""
    return row.submission.state == SubmissionState.SENT and not row.submission.is_rechecking


def second_answer(row: MatrixRow) -> Objection | None:
    """The decided objection to a row's answer, which it confirmed or gave a new one; reads ``submission.objection``."""
    objection = getattr(row.submission, "objection", None)
    is_decided = objection is not None and objection.row_id == row.pk and objection.decided_at is not None
    return objection if is_decided else None


def second_answers(rows: Collection[MatrixRow]) -> dict[int, Objection]:
    """The same of many rows, by the row's id, in one query; reads no submission."""
    found = Objection.objects.filter(row__in=[row.pk for row in rows], decided_at__isnull=False)
    return {objection.row_id: objection for objection in found}


def clause_labels(consultation: Consultation) -> dict[int, str]:
    """The full label of each clause by its id, as in the newest published version that has it."""
    texts = ClauseText.objects.filter(
        clause__consultation=consultation, version__published_at__isnull=False
    ).order_by("clause_id", "-version__number")
    found = texts.distinct("clause_id").values_list("clause_id", "full_label", "heading")
    return {clause: label or heading for clause, label, heading in found}


def remarked_clauses(consultation: Consultation, labels: Mapping[int, str]) -> list[tuple[int, str]]:
    """The clauses that rows are about, by number with their label."""
    about = MatrixRow.objects.filter(consultation=consultation, clause__isnull=False).values("clause")
    numbers = Clause.objects.filter(pk__in=about).order_by("number").values_list("pk", "number")
    return [(number, labels.get(pk, str(number))) for pk, number in numbers]
