"""Which proposals: the queryset twins of who may see what."""

from django.db.models import Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.notifications.selectors import unreachable
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import KEEPS_PAGE, LISTED, STUB, State


def listed() -> QuerySet[Proposal]:
    """Proposals on public lists and in search, without order."""
    return Proposal.objects.filter(state__in=LISTED)


def with_public_page() -> Q:
    """Proposals whose whole page everybody may read; a duplicate shows its text even if never published before."""
    return Q(state__in=KEEPS_PAGE, published_at__isnull=False) | Q(state=State.DUPLICATE)


def with_any_page() -> Q:
    """Proposals that have a public page at all: the whole one, or the stub of rejected and hidden ones."""
    return with_public_page() | Q(state__in=STUB)


def readable_by_staff(person: Somebody) -> Q:
    """Proposals a staff member may read whole, drafts never: those that lie with or came from her units."""
    held = rights.paths(person, izin.PROPOSAL_READ)
    anywhere = (
        rights.within("unit", held)
        | rights.within("origin_unit", held)
        | rights.within("dispositions__unit", held)
    )
    return Q(code__isnull=False) & anywhere


def own(person: Person) -> QuerySet[Proposal]:
    """The person's own proposals, newest first, drafts among them."""
    return Proposal.objects.filter(author=person).order_by("-id")


def is_author_reachable(proposal: Proposal) -> bool:
    """Whether an answer reaches the author: an account with an address whose mail is not refused."""
    author = proposal.author
    if author is None or author.deleted_at is not None or not author.email:
        return False
    return not unreachable([author.pk])
