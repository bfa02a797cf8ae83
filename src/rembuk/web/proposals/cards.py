"""Proposals as the cards component takes them."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from rembuk.common import clock
from rembuk.proposals.choices import Source
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import AWAITS_ANSWER, State

WITH = ("category", "unit", "subject__figures")


def is_overdue(proposal: Proposal, at: datetime) -> bool:
    """Whether the answer's deadline has passed without one; computed, never stored."""
    return (
        proposal.state in AWAITS_ANSWER and proposal.answer_due_at is not None and proposal.answer_due_at < at
    )


def proposal_cards(proposals: Iterable[Proposal], at: datetime | None = None) -> list[dict[str, object]]:
    """One card per proposal; load them with ``select_related(*WITH)``."""
    moment = clock.instant(at)
    return [_card(proposal, moment) for proposal in proposals]


def _card(proposal: Proposal, moment: datetime) -> dict[str, object]:
    figures = proposal.subject.figures if proposal.subject else None
    return {
        "url": reverse("proposals:detail", args=[proposal.code]),
        "code": proposal.code,
        "title": proposal.title,
        "state": proposal.state,
        "state_detail": proposal.deferred_until_year if proposal.state == State.DEFERRED else "",
        "date": proposal.published_at or proposal.submitted_at,
        "excerpt": proposal.excerpt,
        "category": proposal.category.label if proposal.category else "",
        "category_url": reverse("taxonomy:detail", args=[proposal.category.slug])
        if proposal.category
        else "",
        "place": proposal.place,
        "unit": proposal.unit.label if proposal.unit else "",
        "unit_url": reverse("workunits:detail", args=[proposal.unit.code]) if proposal.unit else "",
        "source": "" if proposal.source == Source.CITIZEN else Source(proposal.source).label,
        "supports": figures.support if figures else 0,
        "comments": figures.comments if figures else 0,
        "overdue": is_overdue(proposal, moment),
    }
