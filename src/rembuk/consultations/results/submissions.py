"""The submissions as a report lists them: every one that counts, with how much it says beside its overall reason."""

from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rembuk.consultations.models import Answer, Consultation, MatrixRow, Remark, Submission
from rembuk.consultations.selectors.heard import counted, shows_submissions


def listed_submissions(consultation: Consultation, at: datetime) -> QuerySet[Submission]:
    """Those that count, in the order of receipt, with author and reason of not being shown, ``remark_count`` and
    ``answer_count``; none while submissions are not shown yet.
    """
    if not shows_submissions(consultation, at):
        return Submission.objects.none()
    rows = counted(consultation).select_related("author", "decided_reason").order_by("number")
    return rows.annotate(remark_count=_count(Remark), answer_count=_count(Answer))


def with_points(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """With ``points``: how many rows of the matrix each has."""
    return rows.annotate(points=_count(MatrixRow))


def _count(model: type[Remark | Answer | MatrixRow]) -> Coalesce:
    found = model._default_manager.filter(submission=OuterRef("pk")).order_by().values("submission")
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
