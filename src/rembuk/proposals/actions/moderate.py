"""A moderator's decisions on a proposal: publish, return, don't publish, duplicate, and undoing the last.

An appeal is decided by the same actions; the rule bars whoever decided first. ``bulk_decide`` does any of
them for many. Not here: hiding (``hide``), comments and reports (``engagement``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.actions import note_denial
from rembuk.accounts.models import Person
from rembuk.audit import sendings
from rembuk.common.clock import instant
from rembuk.common.errors import Denied, DomainError, Invalid, require
from rembuk.common.text import clean_text
from rembuk.engagement.actions.cases import close_cases
from rembuk.engagement.models import Case
from rembuk.proposals import deadlines, reasons, rules
from rembuk.proposals.actions.publishing import make_public
from rembuk.proposals.actions.steps import Because, Bulk, lock, subject_of, take_step
from rembuk.proposals.models import Decision, Proposal
from rembuk.proposals.notices import authors
from rembuk.proposals.states import LISTED, MARK_DUPLICATE, PUBLISH, REJECT, RETURN, UNDO_DUPLICATE, Step
from rembuk.taxonomy.models import ReasonCode
from rembuk.workunits.models import WorkUnit


@dataclass(slots=True)
class BulkResult:
    """What became of a bulk act: the proposals decided, and those refused with the sentence why."""

    bulk: Bulk
    done: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ruling:
    """What is decided, before the office is known."""

    step: Step
    reason: ReasonCode | None = None
    message: str = ""
    bulk: Bulk | None = None
    changes: dict[str, Any] | None = None


@transaction.atomic
def publish_proposal(
    proposal: Proposal, *, by: Person, bulk: Bulk | None = None, at: datetime | None = None
) -> Decision:
    """Make a waiting proposal public with its first version, its talk and its ballot; tells the author.

    Raises:
        Denied: to its author, to who entered it, to the first decider after an appeal, and outside her units.
        AlreadyDecided, WrongState: when it no longer waits.
    """
    decision = _rule(proposal, _Ruling(step=PUBLISH, bulk=bulk), by=by, at=at)
    make_public(decision.proposal, decision.at)
    authors.proposal_published(decision.proposal, decision.at)
    return decision


@transaction.atomic
def return_proposal(
    proposal: Proposal,
    *,
    reason: ReasonCode,
    message: str,
    by: Person,
    bulk: Bulk | None = None,
    at: datetime | None = None,
) -> Decision:
    """Give a waiting proposal back to its author with what has to be mended; tells the author.

    Raises:
        Denied, AlreadyDecided, WrongState: as ``publish_proposal``.
        Invalid: without a fitting reason or a message.
    """
    reasons.fitting(reason, ReasonCode.Use.RETURN)
    text = reasons.message(reason, message)
    decision = _rule(proposal, _Ruling(step=RETURN, reason=reason, message=text, bulk=bulk), by=by, at=at)
    authors.proposal_returned(decision.proposal, text, decision.at)
    return decision


@transaction.atomic
def reject_proposal(
    proposal: Proposal,
    *,
    reason: ReasonCode,
    message: str,
    by: Person,
    bulk: Bulk | None = None,
    at: datetime | None = None,
) -> Decision:
    """Don't publish a waiting proposal; its page keeps code, reason and explanation. Tells the author of
    the appeal.

    Raises:
        Denied, AlreadyDecided, WrongState: as ``publish_proposal``.
        Invalid: without a fitting reason or a message.
    """
    reasons.fitting(reason, ReasonCode.Use.REJECT)
    text = reasons.message(reason, message)
    decision = _rule(proposal, _Ruling(step=REJECT, reason=reason, message=text, bulk=bulk), by=by, at=at)
    authors.proposal_rejected(decision.proposal, reason, text, decision.at)
    return decision


@transaction.atomic
def mark_duplicate(
    proposal: Proposal,
    *,
    of: Proposal,
    by: Person,
    message: str = "",
    bulk: Bulk | None = None,
    at: datetime | None = None,
) -> Decision:
    """Point a proposal to the public one that asks for the same; both texts stay, votes are never moved.

    Raises:
        Denied, AlreadyDecided, WrongState: as ``publish_proposal``.
        Invalid: when ``of`` is the proposal itself or not on the public lists.
    """
    kept = _lock_in_order(proposal, of)
    ruling = _Ruling(
        step=MARK_DUPLICATE,
        reason=reasons.the_duplicate(),
        message=clean_text(message),
        bulk=bulk,
        changes={"duplicate_of": kept},
    )
    decision = _rule(proposal, ruling, by=by, at=at)
    decision.proposal.dispositions.filter(closed_at=None).update(closed_at=decision.at)
    authors.proposal_marked_duplicate(decision.proposal, decision.at)
    return decision


@transaction.atomic
def undo_duplicate(proposal: Proposal, *, message: str, by: Person, at: datetime | None = None) -> Decision:
    """Publish a proposal that was marked as a duplicate by mistake; its clock of the answer starts anew.

    Raises:
        Denied, WrongState: as ``publish_proposal``.
        Invalid: without an explanation of at least 20 characters.
    """
    text = reasons.explanation(message, "message")
    moment = instant(at)
    changes = {"duplicate_of": None, "answer_due_at": deadlines.answer_due(proposal, moment)}
    decision = _rule(proposal, _Ruling(step=UNDO_DUPLICATE, message=text, changes=changes), by=by, at=at)
    make_public(decision.proposal, decision.at)
    authors.duplicate_undone(decision.proposal, decision.at)
    return decision


def bulk_decide(
    proposals: Iterable[Proposal], decide: Callable[[Proposal, Bulk], object], *, by: Person
) -> BulkResult:
    """Decide on many, each in a transaction of its own, all joined by one mark; a refused one stops no other.

    The same form sent twice decides on each once, and both find all of them under the mark.

    ``decide`` is one of the actions above, or ``refer_proposal``, with its arguments bound. Refusals of rights are recorded as
    denials.
    """
    chosen = list(proposals)
    result = BulkResult(Bulk(sendings.begin_parts(), len(chosen)))
    for proposal in chosen:
        with sendings.part(str(proposal.pk)):
            refusal = _refusal(proposal, decide, result.bulk)
        if refusal is None:
            result.done.append(proposal)
            continue
        result.refused.append((proposal, str(refusal)))
        if isinstance(refusal, Denied):
            note_denial(by=by, what=f"bulk {proposal.code}", reason=str(refusal))
    return result


def _refusal(
    proposal: Proposal, decide: Callable[[Proposal, Bulk], object], bulk: Bulk
) -> DomainError | None:
    """Why one of many was not decided on; ``None`` when it was, also by the same form in another request."""
    try:
        decide(proposal, bulk)
    except sendings.AlreadySent:
        return None
    except DomainError as refusal:
        return None if sendings.is_done_elsewhere() else refusal
    return None


def office_of(proposal: Proposal, by: Person) -> WorkUnit:
    """The office under which somebody moderates: the village's own, else the nearest she is granted."""
    origin = proposal.origin_unit
    if origin is not None and origin.releases_own:
        return origin
    assert proposal.unit is not None
    return rights.office_for(by, izin.PROPOSAL_MODERATE, proposal.unit)


def _standing(found: Proposal, by: Person) -> str:
    origin = found.origin_unit
    if origin is not None and origin.releases_own:
        return rights.standing_for(by, origin, izin.PROPOSAL_RELEASE)
    return rights.standing_for(by, found.unit, izin.PROPOSAL_MODERATE)


def _rule(proposal: Proposal, ruling: _Ruling, *, by: Person, at: datetime | None) -> Decision:
    found = lock(proposal)
    require(rules.may_moderate(found, by))
    bulk = ruling.bulk
    because = Because(
        office=office_of(found, by),
        standing=_standing(found, by),
        reason=ruling.reason,
        explanation=ruling.message,
        bulk=bulk.mark if bulk else None,
        bulk_size=bulk.size if bulk else 0,
    )
    decision = take_step(found, ruling.step, by=by, because=because, at=at, changes=ruling.changes)
    ended = [Case.Kind.PROPOSAL, Case.Kind.APPEAL]
    close_cases(subject_of(found), ended, outcome=ruling.step.name, by=by, at=decision.at)
    return decision


def _lock_in_order(proposal: Proposal, of: Proposal) -> Proposal:
    """Both rows locked, the older first, so that two moderators who point them at each other can't block."""
    rows = Proposal.objects.select_for_update().filter(pk__in=[proposal.pk, of.pk]).order_by("pk")
    kept = {row.pk: row for row in rows}[of.pk]
    if kept.pk == proposal.pk or kept.state not in LISTED:
        wording = _("Choose another proposal that is public.")
        raise Invalid(wording, fields={"of": [wording]})
    return kept
