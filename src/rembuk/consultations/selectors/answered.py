"""Points of the matrix and their published answers, as everybody reads them. Rows as staff work on them: ``matrix``."""

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet, Subquery

from rembuk.consultations.models import ClauseText, Consultation, MatrixRow, Remark, Submission
from rembuk.consultations.states import RowState


def answers_to(remarks: Collection[Remark]) -> dict[int, MatrixRow]:
    """The published answer to each remark, by the remark's id; the first where the office cut it into several."""
    if not remarks:
        return {}
    rows = MatrixRow.objects.filter(remark__in=remarks, state=RowState.PUBLISHED).order_by("-number")
    return {row.remark_id: row for row in rows if row.remark_id is not None}


def rows_of_submission(submission: Submission) -> QuerySet[MatrixRow]:
    """The points of a submission in order, with ``clause_label`` as the newest published version has it."""
    texts = ClauseText.objects.filter(clause=OuterRef("clause"), version__published_at__isnull=False)
    label = texts.order_by("-version__number").values("full_label")[:1]
    rows = submission.rows.select_related("office", "question", "changed_clause", "changed_version")
    return rows.annotate(clause_label=Subquery(label)).order_by("number")


def is_published(row: MatrixRow) -> bool:
    """Whether everybody may read the answer."""
    return row.state == RowState.PUBLISHED


def published_rows(consultation: Consultation) -> QuerySet[MatrixRow]:
    """Rows of the matrix whose answer is public, in the order of receipt."""
    rows = MatrixRow.objects.filter(consultation=consultation, state=RowState.PUBLISHED)
    return rows.order_by("submission__number", "number")
