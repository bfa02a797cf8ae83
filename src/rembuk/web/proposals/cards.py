"""Proposals as the cards component takes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rembuk.common import clock
from rembuk.proposals.choices import Source
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import AWAITS_ANSWER, State
from rembuk.web.links import link


def is_overdue(proposal: Proposal, at: datetime) -> bool:
    """Whether the answer's deadline has passed without one; computed, never stored."""
    return (
        proposal.state in AWAITS_ANSWER and proposal.answer_due_at is not None and proposal.answer_due_at < at
    )


def proposal_cards(proposals: Iterable[Proposal], at: datetime | None = None) -> list[dict[str, object]]:
    """One card per proposal; load them by ``selectors.for_cards``."""
    moment = clock.instant(at)
    return [_card(proposal, moment) for proposal in proposals]


def _card(proposal: Proposal, moment: datetime) -> dict[str, object]:
    category, unit = proposal.category, proposal.unit
    counts: Any = proposal  # annotated by ``for_cards``
    return {
        "url": link("proposals:detail", proposal.code or ""),
        "code": proposal.code,
        "title": proposal.title,
        "state": proposal.state,
        "state_detail": proposal.deferred_until_year if proposal.state == State.DEFERRED else "",
        "date": proposal.published_at or proposal.submitted_at,
        "excerpt": proposal.excerpt,
        "category": category.label if category else "",
        "category_url": link("taxonomy:detail", category.slug) if category else "",
        "place": proposal.place,
        "unit": unit.label if unit else "",
        "unit_url": link("workunits:detail", unit.code) if unit else "",
        "source": "" if proposal.source == Source.CITIZEN else Source(proposal.source).label,
        "supports": counts.support_count or 0,
        "comments": counts.comment_count or 0,
        "overdue": is_overdue(proposal, moment),
    }
