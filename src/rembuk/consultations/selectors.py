"""Which consultations, clauses and submissions: the queryset twins of who may see what.

Rows of the matrix: ``matrix``. Figures: ``figures``. Fetching with authority: ``doors``.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.consultations.choices import Moment
from rembuk.consultations.models import ClauseText, Consultation, DraftVersion, MatrixRow, Submission
from rembuk.consultations.schedule import is_over
from rembuk.consultations.states import COUNTED, LISTED, SubmissionState


def listed() -> QuerySet[Consultation]:
    """Consultations on public lists and in search, without order."""
    return Consultation.objects.filter(state__in=LISTED)


def with_public_page() -> Q:
    """Consultations everybody may read: announced ones, also when they were cancelled afterwards."""
    return Q(announced_at__isnull=False)


def readable_by_staff(person: Somebody) -> Q:
    """Consultations a staff member may read, drafts too: of her units, or with rows her unit is in charge of."""
    held = rights.paths(person, izin.CONSULTATION_READ)
    in_charge = MatrixRow.objects.filter(rights.within("unit", held)).values("consultation")
    return rights.within("unit", held) | Q(pk__in=in_charge)


def published_version(consultation: Consultation) -> DraftVersion | None:
    """The newest published version of the text, or ``None`` where there is no text yet."""
    return consultation.versions.filter(published_at__isnull=False).order_by("-number").first()


def version_in_work(consultation: Consultation) -> DraftVersion | None:
    """The version staff are preparing, or ``None``."""
    return consultation.versions.filter(published_at=None).first()


def texts_of(version: DraftVersion) -> QuerySet[ClauseText]:
    """The clauses of a version in reading order, with clause and subject."""
    return version.texts.select_related("clause__subject").order_by("position")


def counted(consultation: Consultation) -> QuerySet[Submission]:
    """Submissions that arrived and count, held and not shown ones among them."""
    return Submission.objects.filter(consultation=consultation, state__in=COUNTED)


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


def own_submission(consultation: Consultation, person: Person) -> Submission | None:
    """The person's submission in a consultation, draft or sent; withdrawn ones are left out."""
    found = Submission.objects.filter(consultation=consultation, author=person)
    return found.exclude(state=SubmissionState.WITHDRAWN).order_by("-id").first()


def is_author_reachable(submission: Submission) -> bool:
    """Whether an answer reaches the author: an account that stands, with an address that takes mail."""
    author = submission.author
    return author is not None and author.deleted_at is None and bool(author.email)
