"""What the public may not see: hiding a proposal and showing it again; and the record of staff who look
behind it.

Reading a masked name and taking copies out are deeds too, so their entries in the trail are written here.
"""

from datetime import datetime

from django.db import transaction

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import require
from rembuk.engagement.actions.cases import close_cases
from rembuk.engagement.actions.reports import close_reports
from rembuk.engagement.models import Case
from rembuk.proposals import reasons, rules, verbs
from rembuk.proposals.actions.steps import Because, audit_target, lock, subject_of, take_step
from rembuk.proposals.models import Decision, Proposal
from rembuk.proposals.notices import authors
from rembuk.proposals.states import HIDE, UNHIDE
from rembuk.taxonomy.models import ReasonCode
from rembuk.workunits.models import WorkUnit


@transaction.atomic
def hide_proposal(
    proposal: Proposal, *, reason: ReasonCode, message: str, by: Person, at: datetime | None = None
) -> Decision:
    """Take a visible proposal from public view; its page keeps code, reason and explanation. Open reports
    end.

    Tells author, supporters and followers why.

    Raises:
        Denied: to its author and outside her units.
        WrongState: when it isn't visible.
        Invalid: without a fitting reason or a message.
    """
    reasons.fitting(reason, ReasonCode.Use.HIDE)
    text = reasons.message(reason, message)
    found = lock(proposal)
    require(rules.may_hide(found, by))
    because = Because(
        office=_office(found, by), standing=_standing(found, by), reason=reason, explanation=text
    )
    decision = take_step(found, HIDE, by=by, because=because, at=at)
    subject = subject_of(found)
    close_cases(subject, [Case.Kind.REPORT], outcome=HIDE.name, by=by, at=decision.at)
    close_reports(subject, None, at=decision.at, is_hidden=True)
    authors.proposal_hidden(found, reason, text, decision.at)
    return decision


@transaction.atomic
def unhide_proposal(proposal: Proposal, *, message: str, by: Person, at: datetime | None = None) -> Decision:
    """Show a hidden proposal again, in the state it had. Tells author, supporters and followers.

    Raises:
        Denied: to its author and outside her units.
        WrongState: unless it is hidden.
        Invalid: without an explanation of 20 characters.
    """
    text = reasons.explanation(message, "message")
    found = lock(proposal)
    require(rules.may_hide(found, by))
    because = Because(office=_office(found, by), standing=_standing(found, by), explanation=text)
    decision = take_step(found, UNHIDE, by=by, because=because, at=at)
    authors.proposal_shown_again(found, decision.at)
    return decision


@transaction.atomic
def see_masked_name(proposal: Proposal, *, by: Person, at: datetime | None = None) -> str:
    """The author's name behind a mask; the view itself stands in the trail.

    Raises:
        Denied: without the right where the proposal lies.
    """
    require(rules.may_see_name(proposal, by))
    audit.record(verbs.NAME_SEEN, by=rights.actor_of(by), target=audit_target(proposal), at=at)
    return proposal.author.shown_name if proposal.author else proposal.on_behalf_of


@transaction.atomic
def note_export(*, by: Person, filters: dict[str, str], columns: list[str], form: str, count: int) -> None:
    """Record that somebody took ``count`` proposals out as a file, with which filters and columns."""
    audit.record(
        verbs.EXPORTED,
        by=rights.actor_of(by),
        target=audit.Target(kind="export", key="proposals"),
        after={"filters": filters, "columns": columns, "form": form, "count": count},
        at=instant(None),
    )


def _office(found: Proposal, by: Person) -> WorkUnit:
    if found.origin_unit is not None and found.origin_unit.releases_own:
        return found.origin_unit
    assert found.unit is not None
    return rights.office_for(by, izin.PROPOSAL_HIDE, found.unit)


def _standing(found: Proposal, by: Person) -> str:
    if found.origin_unit is not None and found.origin_unit.releases_own:
        return rights.standing_for(by, found.origin_unit, izin.PROPOSAL_RELEASE)
    return rights.standing_for(by, found.unit, izin.PROPOSAL_HIDE)
