"""Submissions and remarks: which count, which the public reads, how far they are answered. Figures: ``figures``."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rembuk.accounts.models import Person
from rembuk.consultations.choices import Moment
from rembuk.consultations.models import Clause, ClauseText, Consultation, MatrixRow, Remark, Submission
from rembuk.consultations.schedule import is_over
from rembuk.consultations.states import COUNTED, RowState, SubmissionState
from rembuk.notifications.selectors import unreachable


def counted(consultation: Consultation) -> QuerySet[Submission]:
    """Submissions that arrived and count, held and not shown ones among them."""
    return Submission.objects.filter(consultation=consultation, state__in=COUNTED)


class Progress(NamedTuple):
    """Submissions of a consultation that count, and those all of whose answers are published."""

    heard: int = 0
    answered: int = 0


def progress_of(consultations: Collection[int]) -> dict[int, Progress]:
    """How far each of these ids is answered, in one query; those nobody has written to are left out."""
    rows = MatrixRow.objects.filter(submission=OuterRef("pk"), consultation__in=consultations)
    is_answered = Exists(rows) & ~Exists(rows.exclude(state=RowState.PUBLISHED))
    found = Submission.objects.filter(consultation__in=consultations, state__in=COUNTED)
    counts = found.values_list("consultation").annotate(
        heard=Count("pk"), answered=Count("pk", filter=is_answered)
    )
    return {pk: Progress(heard, answered) for pk, heard, answered in counts.order_by()}


def stances_by_clause(consultation: Consultation, clause: Clause | None = None) -> dict[int, dict[str, int]]:
    """How many counted submissions take each stance on a clause, by the clause's id; of one clause alone if given."""
    of = {"clause": clause} if clause is not None else {"clause__consultation": consultation}
    remarks = Remark.objects.filter(**of, submission__state__in=COUNTED, stance__gt="")
    found: dict[int, dict[str, int]] = {}
    counts = remarks.values_list("clause_id", "stance").annotate(Count("pk")).order_by()
    for key, stance, count in counts:
        found.setdefault(key, {})[stance] = count
    return found


def shows_submissions(consultation: Consultation, at: datetime) -> bool:
    """Whether the public reads names and submissions now."""
    return consultation.submissions_shown == Moment.AT_ONCE or is_over(consultation, at)


def shows_totals(consultation: Consultation, at: datetime) -> bool:
    """Whether the public sees figures now, those per clause included."""
    return consultation.totals_shown == Moment.AT_ONCE or is_over(consultation, at)


def shown_submissions(consultation: Consultation, at: datetime) -> QuerySet[Submission]:
    """Submissions the public reads now, without order; none while they are not shown yet."""
    if not shows_submissions(consultation, at):
        return Submission.objects.none()
    return Submission.objects.filter(
        consultation=consultation, state=SubmissionState.SENT, is_rechecking=False
    )


def shown_remarks(consultation: Consultation, at: datetime) -> QuerySet[Remark]:
    """Remarks of the submissions the public reads now, without order."""
    return Remark.objects.filter(submission__in=shown_submissions(consultation, at))


def with_standing(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Submissions as a list shows them: with ``remark_count``, ``first_remark``, and ``is_answered``: every point is."""
    points = MatrixRow.objects.filter(submission=OuterRef("pk"))
    remarks = Remark.objects.filter(submission=OuterRef("pk")).order_by("id")
    return rows.select_related("author").annotate(
        is_answered=Exists(points) & ~Exists(points.exclude(state=RowState.PUBLISHED)),
        first_remark=Subquery(remarks.exclude(comment="").values("comment")[:1]),
        remark_count=Coalesce(
            Subquery(remarks.order_by().values("submission").annotate(n=Count("pk")).values("n")), 0
        ),
    )


def clauses_remarked(consultation: Consultation, at: datetime) -> list[tuple[str, str]]:
    """Number and label of the clauses that shown submissions remark on, in reading order of their last version."""
    last = ClauseText.objects.filter(clause=OuterRef("pk"), version__published_at__isnull=False)
    last = last.order_by("-version__number")
    remarks = shown_remarks(consultation, at).filter(clause=OuterRef("pk"))
    clauses = Clause.objects.filter(Exists(remarks), consultation=consultation).annotate(
        label=Subquery(last.values("full_label")[:1]), place=Subquery(last.values("position")[:1])
    )
    found = clauses.order_by("place", "number").values_list("number", "label")
    return [(str(number), label or "") for number, label in found]


def own_submission(consultation: Consultation, person: Person) -> Submission | None:
    """The person's submission in a consultation, draft or sent; withdrawn ones are left out."""
    found = Submission.objects.filter(consultation=consultation, author=person)
    return found.exclude(state=SubmissionState.WITHDRAWN).order_by("-id").first()


def reachable_authors(submissions: Collection[Submission]) -> set[int]:
    """The authors whom an answer reaches: an account that stands, with an address whose mail is not refused, or a desk's.

    Who has no email address reads it on the own page.
    """
    authors = [one.author for one in submissions if one.author is not None]
    standing = [author for author in authors if author.deleted_at is None]
    found = {author.pk for author in standing if author.email or author.sign_in_name}
    return found - unreachable(found)
