"""The only ways to a consultation and what hangs on it: each fetches and authorises, and absent looks like forbidden."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common.clock import now
from rembuk.common.codes import read_code
from rembuk.common.composed import Composed, Given
from rembuk.common.errors import NotVisible
from rembuk.consultations.models import Clause, Consultation, DraftVersion, MatrixGroup, MatrixRow, Submission
from rembuk.consultations.selectors import heard, listing, reach
from rembuk.consultations.states import SubmissionState

_WITH = ("unit", "category", "region", "subject__figures", "previous")
_SUBMISSION = ("author", "subject", "region", "consultation__unit", "decided_reason", "text_version", "scan")
_ROW = (
    "submission__author",
    "submission__subject",
    "consultation__unit",
    "clause",
    "question",
    "category",
    "unit",
    "assigned_to",
    "group",
    "changed_clause",
    "changed_version",
    "office",
)


def for_reader(code: str, reader: Somebody) -> Consultation:
    """The consultation whose page this reader may open: announced ones, or those of her units.

    Raises:
        NotVisible: for everybody else, and for codes that do not exist.
    """
    found = _of_everybody(code)
    if found is None and isinstance(reader, Person):
        return _one(code, reach.readable_by_staff(reader))
    return _found(found)


def for_public(code: str) -> Consultation:
    """An announced consultation.

    Raises:
        NotVisible: for drafts and codes that do not exist.
    """
    return _found(_of_everybody(code))


def for_desk(code: str, by: Person) -> Consultation:
    """A consultation of her units, drafts too.

    Raises:
        NotVisible: outside of them.
    """
    return _one(code, reach.readable_by_staff(by))


def version_for_reader(consultation: Consultation, number: int) -> DraftVersion:
    """A published version of the text.

    Raises:
        NotVisible: for versions in work and numbers that do not exist.
    """
    return _found(consultation.versions.filter(number=number, published_at__isnull=False).first())


def clause_for_reader(consultation: Consultation, number: int) -> Clause:
    """A clause that stands or stood in a published version.

    Raises:
        NotVisible: for any other number.
    """
    rows = Clause.objects.select_related("subject__unit", "subject__figures", "consultation__unit")
    return _found(rows.filter(consultation=consultation, number=number, subject__isnull=False).first())


def submission_for_reader(consultation: Consultation, number: int, reader: Somebody) -> Submission:
    """A submission that has a page for this reader: shown now, her own, of her units, or the stub of one that waits
    for a moderator, is not shown, is being checked again or was withdrawn.

    Raises:
        NotVisible: for every other.
    """
    found = _submissions(consultation).filter(number=number).first()
    if found is None or not (_has_page(found) or reads_whole(found, reader)):
        raise NotVisible
    return found


def reads_whole(submission: Submission, reader: Somebody) -> bool:
    """Whether the reader gets the text though the public may not: its author, and staff of its consultation's unit."""
    if not isinstance(reader, Person):
        return False
    if submission.author_id == reader.pk:
        return True
    if submission.state == SubmissionState.DRAFT:
        return False
    return rights.can(reader, izin.CONSULTATION_READ, submission.consultation.unit)


def own_submission(consultation: Consultation, author: Somebody) -> Submission:
    """The person's standing submission, draft or sent.

    Raises:
        NotVisible: when there is none.
    """
    if not isinstance(author, Person):
        raise NotVisible
    mine = _submissions(consultation).filter(author=author).exclude(state=SubmissionState.WITHDRAWN)
    return _found(mine.order_by("-id").first())


def draft_for(public_id: UUID, author: Somebody, kept: Collection[str]) -> Submission:
    """A submission being written: the author's own, or one that this browser began before signing in.

    Raises:
        NotVisible: for any other.
    """
    found = Submission.objects.select_related(*_SUBMISSION).filter(public_id=public_id).first()
    if found is None or not may_continue_draft(found, author, kept):
        raise NotVisible
    return found


def may_continue_draft(draft: Submission, author: Somebody, kept: Collection[str]) -> bool:
    """One's own, or one nobody owns that this browser holds the key of."""
    if draft.author_id is not None:
        return isinstance(author, Person) and draft.author_id == author.pk
    return draft.code is None and str(draft.public_id) in kept


def submission_for_desk(code: str, number: int, by: Person) -> Submission:
    """A sent submission she may read on the desk.

    Raises:
        NotVisible: outside her units, where her unit is in charge of none of its rows, and for drafts.
    """
    rows = _submissions(for_desk(code, by)).filter(reach.submissions_for_staff(by))
    return _found(rows.filter(number=number).first())


def row_for_desk(code: str, public_id: UUID, by: Person) -> MatrixRow:
    """A row of the matrix: every one where the consultation lies, else those her unit is in charge of.

    Raises:
        NotVisible: for every other.
    """
    rows = MatrixRow.objects.select_related(*_ROW).filter(reach.rows_for_staff(by))
    rows = rows.filter(consultation=for_desk(code, by))
    return _found(rows.filter(public_id=public_id).first())


def group_for_desk(code: str, public_id: UUID, by: Person) -> MatrixGroup:
    """A group of like rows: every one where the consultation lies, else those with a row her unit is in charge of.

    Raises:
        NotVisible: for every other.
    """
    rows = MatrixGroup.objects.select_related("consultation__unit").filter(reach.groups_for_staff(by))
    rows = rows.filter(consultation=for_desk(code, by))
    return _found(rows.filter(public_id=public_id).first())


def _submissions(consultation: Consultation) -> QuerySet[Submission]:
    rows = Submission.objects.select_related(*_SUBMISSION)
    return rows.filter(consultation=consultation, code__isnull=False)


def is_shown(submission: Submission) -> bool:
    """Whether the public reads its text now."""
    return (
        submission.state == SubmissionState.SENT
        and not submission.is_rechecking
        and heard.shows_submissions(submission.consultation, now())
    )


def _has_page(submission: Submission) -> bool:
    """Whether everybody finds a page at its address: the whole one, or a stub that says why there is none."""
    if submission.state == SubmissionState.DRAFT:
        return False
    return heard.shows_submissions(submission.consultation, now())


_ANNOUNCED = Composed(
    lambda: Consultation.objects.select_related(*_WITH).filter(listing.with_public_page(), code=Given("code"))
)


def _of_everybody(code: str) -> Consultation | None:
    parsed = read_code(code)
    return next(iter(_ANNOUNCED.rows(code=str(parsed))), None) if parsed else None


def _one(code: str, visible: Q) -> Consultation:
    parsed = read_code(code)
    rows = Consultation.objects.select_related(*_WITH).filter(visible)
    return _found(rows.filter(code=str(parsed)).first() if parsed else None)


def _found[T](row: T | None) -> T:
    if row is None:
        raise NotVisible
    return row
