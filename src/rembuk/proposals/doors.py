"""The only ways to a proposal: each fetches and authorises in one step, and absent looks like forbidden."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common.codes import read_code
from rembuk.common.composed import Composed, Given
from rembuk.common.errors import NotVisible
from rembuk.proposals import selectors
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import STUB

# Few are duplicates: what one repeats is read where there is one.
_WITH = ("category", "region", "unit", "author", "subject__unit", "target_unit", "origin_unit")


_OF_EVERYBODY = Composed(
    lambda: Proposal.objects.select_related(*_WITH).filter(selectors.with_any_page(), code=Given("code"))
)


def for_reader(code: str, reader: Somebody) -> Proposal:
    """The proposal whose page this reader may open (perhaps only as a stub): public, own, or of her units.

    Raises:
        NotVisible: for everybody else, and for codes that do not exist.
    """
    parsed = read_code(code)
    found = _OF_EVERYBODY.rows(code=str(parsed)) if parsed else []
    if found:
        return found[0]
    if not isinstance(reader, Person):
        raise NotVisible
    return _one(code, Q(author=reader) | selectors.readable_by_staff(reader))


def may_read_whole(proposal: Proposal, reader: Somebody) -> bool:
    """Whether the reader gets the text, not only the stub of a rejected or hidden proposal."""
    if proposal.state not in STUB:
        return True
    if not isinstance(reader, Person):
        return False
    if proposal.author_id == reader.pk:
        return True
    return Proposal.objects.filter(selectors.readable_by_staff(reader), pk=proposal.pk).exists()


def for_author(code: str, author: Somebody) -> Proposal:
    """The author's own sent proposal.

    Raises:
        NotVisible: when it is somebody else's or does not exist.
    """
    if not isinstance(author, Person):
        raise NotVisible
    return _one(code, Q(author=author))


def draft_for(public_id: UUID, author: Somebody, kept: Collection[str]) -> Proposal:
    """A draft, or what became of it: the author's own, or one that this browser began before signing in.

    ``kept`` are the ids this browser holds.

    Raises:
        NotVisible: for any other.
    """
    found = Proposal.objects.select_related(*_WITH).filter(public_id=public_id).first()
    if found is None or not may_continue_draft(found, author, kept):
        raise NotVisible
    return found


def may_continue_draft(draft: Proposal, author: Somebody, kept: Collection[str]) -> bool:
    """Whether this is the reader's own draft.

    A visitor keeps the way to what this browser began even after registering gave it to the new account; a
    signed-in person has her own, and what nobody owns yet.
    """
    if isinstance(author, Person):
        return draft.author_id == author.pk or (draft.author_id is None and str(draft.public_id) in kept)
    return draft.code is None and str(draft.public_id) in kept


def for_desk(code: str, by: Person) -> Proposal:
    """A sent proposal that staff may read.

    Raises:
        NotVisible: outside her units.
    """
    return _one(code, selectors.readable_by_staff(by))


def _one(code: str, visible: Q) -> Proposal:
    parsed = read_code(code)
    rows = Proposal.objects.select_related(*_WITH).filter(visible)
    found = rows.filter(code=str(parsed)).first() if parsed else None
    if found is None:
        raise NotVisible
    return found
