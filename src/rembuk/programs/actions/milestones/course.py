"""The course of a milestone: begun, done with evidence, reopened, dropped, taken up again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.programs import notices, rules
from rembuk.programs.actions.milestones import changing
from rembuk.programs.actions.milestones.evidence import NewEvidence, refuse_unproven, write_evidence
from rembuk.programs.actions.revise import write_revision
from rembuk.programs.actions.steps import (
    Deed,
    add_event,
    check_step,
    checked_reason,
    deed,
    happened_on,
    lock,
    record,
)
from rembuk.programs.models import Milestone, Program, ProgramEvent
from rembuk.programs.notices import voices
from rembuk.programs.states import (
    BEGIN,
    DROP,
    OPEN,
    REACH,
    REOPEN_MILESTONE,
    RESTORE,
    MilestoneState,
    State,
    Step,
)

# Postponed programmes stand still: only their plan changes.
_MOVING = frozenset({State.PUBLISHED})


@transaction.atomic
def begin_milestone(
    milestone: Milestone, *, by: Person, on: date | None = None, at: datetime | None = None
) -> Milestone:
    """Begin it on a day (today unless told, never later). History and audit; nobody is told.

    Raises:
        Denied, Invalid, AlreadyMoved, WrongState: without the right, for a day to come, from another state,
            unless the programme runs.
    """
    program, row, act = _begin(milestone, BEGIN, by, "", at)
    _move(program, row, BEGIN, act, actual_start_on=happened_on(act, on, "on"))
    return row


@transaction.atomic
def reach_milestone(
    milestone: Milestone,
    *,
    evidence: Sequence[NewEvidence],
    by: Person,
    on: date | None = None,
    began_on: date | None = None,
    at: datetime | None = None,
) -> Milestone:
    """Call it done, with at least one open piece of evidence. Followers are told; four weeks later
    they are asked whether it is (``actions.voices.asking``).

    ``began_on`` is for one that was never marked as begun; without it it began on the day it was done.

    Raises:
        Denied, AlreadyMoved, WrongState: as ``begin_milestone``.
        Invalid: without evidence, for a day to come, or before it began.
    """
    program, row, act = _begin(milestone, REACH, by, "", at)
    refuse_unproven(evidence)
    ended = happened_on(act, on, "on")
    began = row.actual_start_on or happened_on(act, began_on or ended, "began_on")
    if ended < began:
        message = _("A milestone can't end before it starts.")
        raise Invalid(message, fields={"on": [message]})
    row.claims, row.claimed_at = row.claims + 1, act.moment
    row.save(update_fields=["claims", "claimed_at"])
    _move(program, row, REACH, act, actual_start_on=began, actual_end_on=ended)
    write_evidence(program, row, evidence, act)
    row.program = program
    voices.called_done(row, office=act.office.name, by_id=act.by.pk, at=act.moment)
    return row


@transaction.atomic
def reopen_milestone(
    milestone: Milestone, *, reason: str, by: Person, at: datetime | None = None
) -> Milestone:
    """Go on with what was called done, with a public reason; what citizens said and the evidence stay. Followers are told.

    Raises:
        Denied, Invalid, AlreadyMoved, WrongState: without right or reason, from another state, unless it runs.
    """
    program, row, act = _begin(milestone, REOPEN_MILESTONE, by, reason, at)
    event = _move(program, row, REOPEN_MILESTONE, act, actual_end_on=None)
    notices.milestone_reopened(program, event)
    return row


@transaction.atomic
def drop_milestone(milestone: Milestone, *, reason: str, by: Person, at: datetime | None = None) -> Milestone:
    """Take it out of the current plan, as a revision with reason; it stays in the first plan and on the page.

    Raises:
        Denied, Invalid, AlreadyMoved, WrongState: as ``reopen_milestone``; a postponed programme may be changed.
    """
    return _replan(milestone, DROP, reason, by, at)


@transaction.atomic
def restore_milestone(
    milestone: Milestone, *, reason: str, by: Person, at: datetime | None = None
) -> Milestone:
    """Take a dropped one into the plan again, as planned, with a revision and its reason.

    Raises:
        Denied, Invalid, AlreadyMoved, WrongState: as ``drop_milestone``.
    """
    return _replan(milestone, RESTORE, reason, by, at)


def _replan(milestone: Milestone, step: Step, reason: str, by: Person, at: datetime | None) -> Milestone:
    program, row, act = _begin(milestone, step, by, reason, at, running=OPEN)
    before = row.state
    # What was begun stays on record while dropped; taken up again, it is planned anew.
    _move(program, row, step, act, **({"actual_start_on": None} if step is RESTORE else {}))
    write_revision(program, [changing.entry(row, "state", before, row.state)], act)
    return row


def _begin(
    milestone: Milestone,
    step: Step,
    by: Person,
    reason: str,
    at: datetime | None,
    running: frozenset[State] = _MOVING,
) -> tuple[Program, Milestone, Deed]:
    program = lock(milestone.program)
    require(rules.may_step(program, step.permission, by))
    if program.state not in running:
        raise WrongState(_("Milestones move only while the work programme is running."))
    row = Milestone.objects.select_related("phase").get(pk=milestone.pk)
    check_step(program, row.state, step, str(MilestoneState(row.state).label), row)
    why = checked_reason(reason, needed=step.needs_reason)
    return program, row, deed(program, step.permission, by=by, moment=instant(at), reason=why)


def _move(program: Program, row: Milestone, step: Step, act: Deed, **dates: date | None) -> ProgramEvent:
    before: dict[str, Any] = {"state": row.state, **_iso(row, dates)}
    source, row.state = row.state, step.target
    for name, day in dates.items():
        setattr(row, name, day)
    row.save(update_fields=["state", *dates])
    after = {"milestone": str(row.public_id), "title": row.title, "state": row.state, **_iso(row, dates)}
    record(program, step.verb, act, before=before, after=after)
    program.changed_at = act.moment
    program.save(update_fields=["changed_at"])
    return add_event(program, f"milestone_{step.name}", act, phase=row, moved=(source, step.target))


def _iso(row: Milestone, names: dict[str, date | None]) -> dict[str, str | None]:
    days = {name: getattr(row, name) for name in names}
    return {name: day.isoformat() if day else None for name, day in days.items()}
