"""What becomes of proposals when their programmes end, reopen or let them go (PRODUCT.md, "States",
Proposal).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from rembuk.programs.actions.steps import Deed
from rembuk.programs.models import Link
from rembuk.programs.states import OPEN, State
from rembuk.proposals.actions.adopt import (
    complete_proposal,
    move_hidden,
    release_from_programs,
    reopen_proposal,
)
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import COMPLETE, RELEASE, REOPEN
from rembuk.proposals.states import State as ProposalState


@dataclass(slots=True)
class Outcome:
    """The proposals that took a step."""

    released: list[Proposal] = field(default_factory=list)
    completed: list[Proposal] = field(default_factory=list)
    reopened: list[Proposal] = field(default_factory=list)


def settle(proposal_ids: Collection[int], act: Deed) -> Outcome:
    """Move proposals to what their programmes now say; call after the programme's own step, in its
    transaction.

    Proposals are locked before their programmes are read: of two programmes that end at the same moment, the
    second sees the first. Hidden proposals stay hidden and return later to where their programmes put them now.
    """
    rows = _locked(proposal_ids)
    states: dict[int, set[str]] = defaultdict(set)
    links = Link.objects.filter(proposal__in=proposal_ids, removed_at=None)
    for pk, state in links.values_list("proposal_id", "program__state"):
        states[pk].add(state)
    outcome = Outcome()
    for proposal in rows:
        _settle_one(proposal, states[proposal.pk], act, outcome)
    return outcome


def _locked(proposal_ids: Collection[int]) -> list[Proposal]:
    rows = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=proposal_ids)
    return list(rows.order_by("pk"))


def _settle_one(proposal: Proposal, states: set[str], act: Deed, outcome: Outcome) -> None:
    is_open = not OPEN.isdisjoint(states)
    if proposal.state == ProposalState.HIDDEN:
        _settle_hidden(proposal, states, act, is_open=is_open)
    elif proposal.state == ProposalState.COMPLETED and is_open:
        reopen_proposal(proposal, **_by(act), reason=act.reason)
        outcome.reopened.append(proposal)
    elif proposal.state == ProposalState.ADOPTED and not is_open:
        if State.COMPLETED in states:
            complete_proposal(proposal, **_by(act), explanation=act.reason)
            outcome.completed.append(proposal)
        else:
            release_from_programs(proposal, **_by(act), reason=act.reason)
            outcome.released.append(proposal)


def _settle_hidden(proposal: Proposal, states: set[str], act: Deed, *, is_open: bool) -> None:
    behind = proposal.state_before_hiding
    if behind == ProposalState.COMPLETED and is_open:
        move_hidden(proposal, REOPEN, reason=act.reason, by=act.by, at=act.moment)
    elif behind == ProposalState.ADOPTED and not is_open:
        step = COMPLETE if State.COMPLETED in states else RELEASE
        move_hidden(proposal, step, reason=act.reason, by=act.by, at=act.moment)


def _by(act: Deed) -> dict[str, Any]:
    return {"office": act.office, "standing": act.standing, "by": act.by, "at": act.moment}
