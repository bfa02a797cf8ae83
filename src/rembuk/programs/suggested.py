"""Which proposals are grouped, and which suggested groups somebody may see: those with proposals she may take up."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.lookups import GreaterThanOrEqual

from rembuk.accounts.models import Person
from rembuk.engagement.models import Ballot
from rembuk.programs.models import Link, Program, Suggestion, SuggestionMember
from rembuk.programs.selectors import linkable, readable_by_staff
from rembuk.programs.states import State, SuggestionState
from rembuk.programs.suggestions.grouping import LEAST
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import ADOPT

_FIGURES = """
    WITH members AS (
        SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS pair (suggestion_id, proposal_id)
    ), known AS (
        SELECT m.suggestion_id, p.id, p.author_id, p.subject_id, p.region_id
        FROM members m JOIN proposals_proposal p ON p.id = m.proposal_id
    ), people AS (
        SELECT suggestion_id, author_id AS person_id FROM known WHERE author_id IS NOT NULL
        UNION
        SELECT known.suggestion_id, coalesce(v.voter_id, -v.id) FROM known
        JOIN engagement_ballot b ON b.subject_id = known.subject_id AND b.kind = %s
        JOIN engagement_vote v ON v.ballot_id = b.id AND v.value = %s
    )
    SELECT suggestion_id, count(*),
        (SELECT count(*) FROM people WHERE people.suggestion_id = known.suggestion_id),
        array_remove(array_agg(DISTINCT region_id), NULL), min(id)
    FROM known GROUP BY suggestion_id
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a group comes to: proposals, different people who wrote or support them, regions (by code); its oldest one."""

    proposals: int
    people: int
    regions: list[str]
    example: int


def suggestable() -> QuerySet[Proposal]:
    """Proposals that may be grouped: public, without official answer, in no programme."""
    links = Link.objects.filter(proposal=OuterRef("pk"), removed_at=None)
    taken = links.exclude(program__state=State.CANCELLED)
    return Proposal.objects.filter(~Exists(taken), state__in=ADOPT.sources, code__isnull=False)


def hers(by: Person) -> QuerySet[Proposal]:
    """Of the proposals that may be grouped those she may take into a programme."""
    return linkable(by, among=suggestable())


def open_to(by: Person, kind: str) -> QuerySet[Suggestion]:
    """Open suggestions of a kind with at least two proposals she may take up."""
    # Counted for each suggestion by itself, so that a page of the biggest stops after those it shows.
    own = SuggestionMember.objects.filter(suggestion=OuterRef("pk"), dropped_at=None, proposal__in=hers(by))
    count = own.order_by().values("suggestion").annotate(count=Count("pk")).values("count")
    enough = GreaterThanOrEqual(Subquery(count), Value(LEAST))
    return Suggestion.objects.filter(enough, state=SuggestionState.OPEN, kind=kind)


def is_hers(suggestion: Suggestion, by: Person) -> bool:
    """Whether she may see it: with two proposals to take up, or closed by her, or part of a programme she may read."""
    if suggestion.state == SuggestionState.OPEN:
        return has_enough(suggestion, by)
    if suggestion.closed_by_id == by.pk:
        return True
    readable = Program.objects.filter(readable_by_staff(by))
    return suggestion.program_id is not None and readable.filter(pk=suggestion.program_id).exists()


def has_enough(suggestion: Suggestion, by: Person) -> bool:
    """Whether at least two standing members are left that she may take up."""
    return len(members(suggestion, by)[:LEAST]) >= LEAST


def members(suggestion: Suggestion, by: Person) -> QuerySet[Proposal]:
    """The proposals of a suggestion that nobody dropped and she may take up, the newest first; asks for the ids at once.

    With the ids at hand the database begins at these few, not at the newest of all proposals.
    """
    standing = suggestion.members.filter(dropped_at=None).order_by()
    return hers(by).filter(pk__in=list(standing.values_list("proposal", flat=True))).order_by("-id")


def figures(suggestions: Sequence[Suggestion], by: Person) -> dict[int, Figures]:
    """What several suggestions come to, counted over the proposals she may take up; two statements."""
    rows = SuggestionMember.objects.filter(
        suggestion__in=suggestions, dropped_at=None, proposal__in=hers(by)
    ).values_list("suggestion", "proposal")
    pairs = list(rows.order_by())
    with connection.cursor() as cursor:
        cursor.execute(
            _FIGURES,
            [[one for one, _ in pairs], [other for _, other in pairs], Ballot.Kind.SUPPORT, Ballot.SUPPORT],
        )
        return {pk: Figures(*told) for pk, *told in cursor}
