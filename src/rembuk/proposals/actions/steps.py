"""Taking a step: the one place where a proposal's state changes, with its Decision and its audit entry."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState
from rembuk.engagement.actions.subjects import set_ballots_open, show_subject
from rembuk.engagement.errors import DecidedByOneself
from rembuk.engagement.models import Subject
from rembuk.proposals.errors import AlreadyDecided
from rembuk.proposals.models import Decision, Proposal
from rembuk.proposals.states import KEEPS_PAGE, VOTABLE, State, Step
from rembuk.taxonomy.models import ReasonCode
from rembuk.workunits.models import WorkUnit

_WITH = ("subject", "unit", "category", "region", "origin_unit", "author")


@dataclass(frozen=True, slots=True)
class Bulk:
    """The mark that joins the decisions of one bulk act, and how many proposals were selected for it."""

    mark: uuid.UUID
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Why, under which office and as what (``standing``) a step is taken; ``bulk`` joins the decisions of one
    bulk act of ``bulk_size``.
    """

    office: WorkUnit | None = None
    standing: str = ""
    reason: ReasonCode | None = None
    explanation: str = ""
    bulk: uuid.UUID | None = None
    bulk_size: int = 0


def lock(proposal: Proposal) -> Proposal:
    """The proposal as it is now, its row locked until the transaction ends."""
    # Lock first, read afterwards: a joined row is not read again after waiting for the lock.
    Proposal.objects.select_for_update().only("pk").get(pk=proposal.pk)
    return Proposal.objects.select_related(*_WITH).get(pk=proposal.pk)


def subject_of(proposal: Proposal) -> Subject:
    """The subject of a sent proposal; every one has it from the moment it gets its code."""
    assert proposal.subject is not None
    return proposal.subject


def audit_target(proposal: Proposal) -> audit.Target:
    """The proposal as the trail names it."""
    return audit.Target(
        kind="proposal",
        key=proposal.code or str(proposal.public_id),
        unit_id=proposal.unit_id,
        unit_path=proposal.unit.path if proposal.unit else "",
    )


def check_step(proposal: Proposal, step: Step, by: Person | Actor | None = None) -> None:
    """Refuse a step the table does not have from here, saying what happened and when.

    Raises:
        AlreadyDecided: the newest decision tells that an office was faster.
        DecidedByOneself: it is of ``by``, from another page.
        WrongState: any other state that has no such step.
    """
    if proposal.state in step.sources:
        return
    last = proposal.decisions.select_related("office").order_by("-at", "-id").first()
    words = {"state": State(proposal.state).label, "title": proposal.title}
    if last is not None and last.office is not None:
        if isinstance(by, Person) and last.by_id == by.pk:
            raise DecidedByOneself(last.at)
        moment = date_format(localtime(last.at), "SHORT_DATETIME_FORMAT")
        raise AlreadyDecided(
            _(
                "%(office)s decided this at %(moment)s: the proposal is now “%(state)s”. Nothing was changed by you."
            )
            % {**words, "office": last.office.name, "moment": moment}
        )
    raise WrongState(_("This can't be done now: the proposal is “%(state)s”.") % words)


def take_step(
    proposal: Proposal,
    step: Step,
    *,
    by: Person | Actor,
    because: Because = Because(),
    at: datetime | None = None,
    changes: dict[str, Any] | None = None,
) -> Decision:
    """Move a locked proposal by one step, write ``changes`` to its fields, its Decision and its audit entry.

    Call inside a transaction with a proposal from ``lock``. Visibility of its talk and its ballot follow the state.

    Raises:
        WrongState: when the table has no such step from the present state.
    """
    check_step(proposal, step, by)
    moment = instant(at)
    before = proposal.state
    after = step.target or State(proposal.state_before_hiding)
    fields = {"state": after, "changed_at": moment, **(changes or {})}
    if after == State.HIDDEN:
        fields["state_before_hiding"] = before
    for name, value in fields.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(fields))
    _follow_state(proposal)
    audit.record(
        step.verb,
        by=actor_of(by),
        target=audit_target(proposal),
        before={"state": before},
        after={"state": after, **_told(because)},
        reason=because.explanation,
        at=at,
        bulk=str(because.bulk or ""),
    )
    return _decision(proposal, step, by, because, (before, after, moment))


def _told(because: Because) -> dict[str, str]:
    told = {"reason_code": because.reason.code} if because.reason else {}
    return told | ({"standing": because.standing} if because.standing else {})


def _decision(
    proposal: Proposal, step: Step, by: Person | Actor, because: Because, moved: tuple[str, str, datetime]
) -> Decision:
    return Decision.objects.create(
        proposal=proposal,
        step=step.name,
        from_state=moved[0],
        to_state=moved[1],
        at=moved[2],
        by=by if isinstance(by, Person) else None,
        office=because.office,
        standing=because.standing,
        reason=because.reason,
        explanation=because.explanation,
        bulk=because.bulk,
        bulk_size=because.bulk_size,
    )


def _follow_state(proposal: Proposal) -> None:
    """Talk is visible while the page is; the ballot is open in the states that can be voted on."""
    if proposal.subject is None:
        return
    show_subject(
        proposal.subject,
        visible=proposal.state in KEEPS_PAGE and proposal.published_at is not None,
        comments_open=proposal.state in VOTABLE,
    )
    set_ballots_open(proposal.subject, is_open=proposal.state in VOTABLE)
