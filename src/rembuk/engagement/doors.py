"""The only ways to subjects, ballots, comments and cases: absent and not visible look the same."""

from uuid import UUID

from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common.errors import Denied, NotVisible
from rembuk.engagement import rules, selectors
from rembuk.engagement.models import Ballot, Case, Comment, Subject


def subject_for(kind: str, code: str) -> Subject:
    """The visible subject of a kind with a code, with its unit and figures.

    Raises:
        NotVisible: when it is hidden or does not exist.
    """
    found = (
        Subject.objects.select_related("unit", "figures")
        .filter(kind=kind, code=code, is_visible=True)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def ballot_of(subject: Subject) -> Ballot:
    """The subject's ballot.

    Raises:
        NotVisible: when nothing is voted on there.
    """
    found = Ballot.objects.filter(subject=subject).order_by("id").first()
    if found is None:
        raise NotVisible
    found.subject = subject
    return found


def comment_for(public_id: UUID, reader: Somebody) -> Comment:
    """A comment of a visible subject that this reader is shown: visible, or held and her own.

    Raises:
        NotVisible: for hidden, deleted and unknown ones.
    """
    found = selectors.with_authors(Comment.objects.filter(selectors.readable(reader))).filter(
        public_id=public_id
    )
    return _one(found.first())


def placed_comment(public_id: UUID, reader: Somebody) -> Comment:
    """A comment that has a place on a page, if only as the note that it was hidden.

    Raises:
        NotVisible: for any other.
    """
    found = selectors.with_authors(selectors.placed(Comment.objects.all(), reader)).filter(
        public_id=public_id
    )
    return _one(found.first())


def comment_to_moderate(public_id: UUID, by: Person) -> Comment:
    """A comment in whatever state, for moderators of its subject's unit.

    Raises:
        NotVisible: outside her units.
    """
    found = _one(selectors.with_authors(Comment.objects.all()).filter(public_id=public_id).first())
    if isinstance(rules.may_moderate_comment(found, by), Denied) and found.author_id != by.pk:
        raise NotVisible
    return found


def case_for(public_id: UUID, by: Person) -> Case:
    """A case, open or closed, that her rights cover.

    Raises:
        NotVisible: for any other.
    """
    found = selectors.with_parts(Case.objects.all()).filter(public_id=public_id).first()
    if found is None or isinstance(rules.may_see_case(found, by), Denied):
        raise NotVisible
    return found


def _one(comment: Comment | None) -> Comment:
    if comment is None or not comment.subject.is_visible:
        raise NotVisible
    return comment
