"""The proposals of a suggested group as rows: where, what, and the way to mark a duplicate."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from rembuk.access import rights
from rembuk.access.permissions import PROPOSAL_MODERATE
from rembuk.accounts.models import Person
from rembuk.programs.choices import Likeness
from rembuk.programs.models import Suggestion
from rembuk.proposals.models import Proposal


@dataclass(frozen=True, slots=True)
class Member:
    """One proposal; ``duplicate_url`` is empty where it is the one to keep, or she does not moderate there."""

    proposal: Proposal
    url: str
    duplicate_url: str
    is_kept: bool


def member_rows(
    proposals: Sequence[Proposal], suggestion: Suggestion, kept: Proposal, by: Person
) -> list[Member]:
    """Rows of these proposals; of a group of one wish the oldest is the one to keep."""
    is_same = suggestion.kind == Likeness.SAME
    return [
        Member(
            proposal=row,
            url=reverse("desk_proposals:detail", args=[row.code]),
            duplicate_url=_duplicate_url(row, kept, by) if is_same else "",
            is_kept=is_same and row.pk == kept.pk,
        )
        for row in proposals
    ]


def _duplicate_url(row: Proposal, kept: Proposal, by: Person) -> str:
    if row.pk == kept.pk or row.unit is None or not rights.can(by, PROPOSAL_MODERATE, row.unit):
        return ""
    act = reverse("desk_proposals:duplicate", args=[row.code])
    return f"{act}?{urlencode({'of': kept.code})}"
