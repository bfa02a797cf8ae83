"""Which proposals are grouped, and which suggested groups somebody may see: those with proposals she may take up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from rembuk.accounts.models import Person
from rembuk.engagement.models import Ballot
from rembuk.programs.models import Link, Suggestion, SuggestionMember
from rembuk.programs.selectors import linkable
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
        SELECT known.suggestion_id, v.voter_id FROM known
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
    return linkable(by).filter(pk__in=suggestable())


def open_to(by: Person, kind: str) -> QuerySet[Suggestion]:
    """Open suggestions of a kind with at least two proposals she may take up."""
    rows = Suggestion.objects.filter(state=SuggestionState.OPEN, kind=kind)
    return rows.filter(pk__in=with_enough(by).values("suggestion"))


def with_enough(by: Person) -> QuerySet[SuggestionMember, Any]:
    """The suggestions (by id, as ``suggestion``) with at least two standing members that she may take up."""
    own = SuggestionMember.objects.filter(dropped_at=None, proposal__in=hers(by)).order_by()
    return own.values("suggestion").annotate(count=Count("pk")).filter(count__gte=LEAST)


def members(suggestion: Suggestion, by: Person) -> QuerySet[Proposal]:
    """The proposals of a suggestion that nobody dropped and she may take up, the newest first."""
    standing = suggestion.members.filter(dropped_at=None)
    return hers(by).filter(pk__in=standing.values("proposal")).order_by("-id")


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
