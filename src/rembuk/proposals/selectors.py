"""Which proposals: the queryset twins of who may see what."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.composed import Composed, Given
from rembuk.notifications.selectors import unreachable
from rembuk.proposals.models import Decision, Disposition, OfficialAnswer, Proposal
from rembuk.proposals.states import AWAITS_ANSWER, KEEPS_PAGE, LISTED, STUB, State
from rembuk.workunits.models import WorkUnit

# Decisions by which an office hands a proposal to others.
HANDING_ON = ("refer", "change_disposition")

# By figures: both fields are of one index of theirs, so a list reads no more of them than it shows.
MOST_SUPPORTED = ("-support_count", "-figures_number")
MOST_DISCUSSED = ("-comment_count", "-figures_number")

_OF_CARDS = (
    *("code", "title", "state", "excerpt", "place", "source", "deferred_until_year"),
    *("published_at", "submitted_at", "answer_due_at"),
    *(
        "category__slug",
        "category__name",
        "category__name_en",
        "unit__code",
        "unit__name",
        "unit__short_name",
    ),
)

# So many proposals are named one by one where a list asks for all that went through some units.
_MOST_HANDED = 1000


def listed() -> QuerySet[Proposal]:
    """Proposals on public lists and in search, without order."""
    # All of them were published; said so, because those that were not come first in the index of the newest.
    return Proposal.objects.filter(state__in=LISTED, published_at__isnull=False)


def for_cards(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The same rows, read with what a card shows and no more; their texts stay in the database.

    With ``support_count`` and ``comment_count``, by which ``MOST_SUPPORTED`` and ``MOST_DISCUSSED`` sort.
    """
    return counted(rows).select_related("category", "unit").only(*_OF_CARDS)


def counted(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The same rows with ``support_count``, ``comment_count`` and the number of their figures, and nothing else of them."""
    return rows.annotate(
        support_count=F("subject__figures__support"),
        comment_count=F("subject__figures__comments"),
        figures_number=F("subject__figures__pk"),
    )


def with_figures(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The same rows, since all that are listed have figures; said so that a list in their order can begin with them."""
    return rows.filter(subject__figures__isnull=False)


def with_public_page() -> Q:
    """Proposals whose whole page everybody may read; a duplicate shows its text even if never published before."""
    return Q(state__in=KEEPS_PAGE, published_at__isnull=False) | Q(state=State.DUPLICATE)


def with_any_page() -> Q:
    """Proposals that have a public page at all: the whole one, or the stub of rejected and hidden ones."""
    return with_public_page() | Q(state__in=STUB)


def readable_by_staff(person: Somebody, *also: Permission) -> Q:
    """Proposals a staff member may read whole: with, from or through her units; drafts never. With ``also`` only her units
    in which she holds those permissions, too.
    """
    held = _read_in(person, also)
    if held is None:
        return Q(code__isnull=False)
    theirs = Q(proposal=OuterRef("pk"))
    handed_to = Disposition.objects.filter(theirs, rights.within("unit", held))
    handed_on_by = Decision.objects.filter(theirs, rights.within("office", held), step__in=HANDING_ON)
    here = rights.within("unit", held) | rights.within("origin_unit", held)
    return Q(code__isnull=False) & (here | Exists(handed_to) | Exists(handed_on_by))


def in_reach(person: Somebody, *also: Permission) -> Q:
    """``readable_by_staff``, for lists: whoever works for few units has their keys, so that the planner knows how much lies
    there and seeks it. By their paths all proposals of the site were joined with their units, for fifty shown.
    """
    held = _read_in(person, also)
    if held is None or not isinstance(person, Person):
        return readable_by_staff(person, *also)
    units = rights.few_units(person, held)
    handed = None if units is None else _handed_through(units)
    if units is None or handed is None:
        return readable_by_staff(person, *also)
    return Q(code__isnull=False) & (Q(unit__in=units) | Q(origin_unit__in=units) | Q(pk__in=handed))


def _read_in(person: Somebody, also: Sequence[Permission]) -> list[str] | None:
    """Paths of the units whose proposals she reads with these permissions; ``None`` in the whole instansi: nothing lies outside,
    and so nothing has to be looked up.
    """
    needed = (izin.PROPOSAL_READ, *also)
    if all(rights.can_everywhere(person, permission) for permission in needed):
        return None
    return rights.shared_paths(person, *needed)


def _handed_through(units: list[int]) -> list[int] | None:
    """Keys of the proposals that were handed to these units or on by them; ``None`` if those are too many to name."""
    to = Disposition.objects.filter(unit__in=units).order_by().values_list("proposal", flat=True)
    on_by = Decision.objects.filter(office__in=units, step__in=HANDING_ON).order_by()
    either = to.union(on_by.values_list("proposal", flat=True)).order_by()
    found = list(either[: _MOST_HANDED + 1])
    return found if len(found) <= _MOST_HANDED else None


def standing_dispositions(proposal: Proposal) -> list[Disposition]:
    """Who has it now, the responsible unit first: not those whose telaah is in or that were taken off."""
    rows = proposal.dispositions.filter(Q(closed_at=None) | Q(is_responsible=True)).select_related("unit")
    return list(rows.order_by("-is_responsible", "id"))


def responsible_disposition(proposal: Proposal) -> Disposition | None:
    """The disposition of the unit in charge, open or not."""
    return proposal.dispositions.filter(is_responsible=True).select_related("unit").first()


def referring_offices(proposal: Proposal) -> list[WorkUnit]:
    """Offices that handed the proposal on; they may do so again when it comes back as not theirs."""
    offices = proposal.decisions.filter(step__in=HANDING_ON).values("office")
    return list(WorkUnit.objects.filter(pk__in=offices, is_active=True).order_by("path"))


def overdue(moment: datetime | None = None) -> Q:
    """Proposals past the deadline of their official answer and still without one."""
    return Q(state__in=AWAITS_ANSWER, answer_due_at__lt=instant(moment))


def overdue_by_unit(moment: datetime | None = None) -> dict[int, int]:
    """How many proposals are overdue, by the id of the unit they lie with; units with none are left out."""
    rows = Proposal.objects.filter(overdue(moment), unit__isnull=False).values_list("unit")
    return dict(rows.annotate(count=Count("pk")).order_by())


_DECISIONS = Composed(
    lambda: (
        Decision.objects.filter(proposal=Given("proposal"))
        .select_related("office", "reason")
        .order_by("at", "id")
    )
)
_ANSWERS = Composed(
    lambda: (
        OfficialAnswer.objects.filter(proposal=Given("proposal"))
        .select_related("unit", "reason_code")
        .order_by("-at", "-id")
    )
)


def public_decisions(proposal: Proposal) -> list[Decision]:
    """The steps taken, oldest first, with the offices and reasons."""
    return _DECISIONS.rows(proposal=proposal.pk)


def public_answers(proposal: Proposal) -> list[OfficialAnswer]:
    """The official answers, the one that stands first."""
    return _ANSWERS.rows(proposal=proposal.pk)


def own(person: Person) -> QuerySet[Proposal]:
    """The person's own proposals, newest first, drafts among them but no discarded ones."""
    discarded = Q(state=State.WITHDRAWN, code=None)
    return Proposal.objects.filter(author=person).exclude(discarded).order_by("-id")


def is_author_reachable(proposal: Proposal) -> bool:
    """Whether an answer reaches the author: an account with an address whose mail is not refused, or one of a desk.

    Who has no email address reads it on the own page.
    """
    author = proposal.author
    if author is None or author.deleted_at is not None or not (author.email or author.sign_in_name):
        return False
    return not unreachable([author.pk])
