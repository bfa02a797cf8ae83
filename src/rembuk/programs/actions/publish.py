"""The course of a programme as a whole: published, postponed, resumed, cancelled, completed, reopened."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.programs import notices, rules, selectors
from rembuk.programs.actions.first_plan import fix_first_plan
from rembuk.programs.actions.link import adopt, refuse_unlinkable
from rembuk.programs.actions.outcomes import settle
from rembuk.programs.actions.phases import begin
from rembuk.programs.actions.steps import Deed, check_step, checked_reason, deed, lock, take_step
from rembuk.programs.models import Program
from rembuk.programs.notices import kinds
from rembuk.programs.states import (
    CANCEL,
    COMPLETE,
    POSTPONE,
    PUBLISH,
    REOPEN,
    RESUME,
    PhaseState,
    State,
    Step,
)


@transaction.atomic
def publish_program(
    program: Program, *, by: Person, start_planning: bool = False, at: datetime | None = None
) -> Program:
    """Make a draft public: its plan becomes the first plan, its links the official answers of their
    proposals.

    ``start_planning`` starts the first phase as well. Writes states, answers, decisions, history, audit,
    notices.

    Raises:
        Denied: without the right, or for whoever wrote one of the proposals.
        Invalid: while dates of a phase are missing.
        NotLinkable: when a linked proposal moved on meanwhile.
        AlreadyMoved: unless it is a draft.
    """
    found = lock(program)
    require(rules.may_step(found, PUBLISH.permission, by))
    check_step(found, found.state, PUBLISH, str(State(found.state).label))
    _refuse_incomplete(found)
    links = list(selectors.active_links(found).order_by("proposal_id"))
    refuse_unlinkable([link.proposal for link in links])
    act = deed(found, PUBLISH.permission, by=by, moment=instant(at))
    found.phases.update(first_start_on=F("planned_start_on"), first_end_on=F("planned_end_on"))
    fix_first_plan(found)
    event = take_step(found, PUBLISH, act, {"published_at": act.moment})
    event.codes = [link.proposal.code or "" for link in links]
    event.save(update_fields=["codes"])
    adopt(found, links, act, event)
    if start_planning:
        begin(found, found.phases.get(position=1), act)
    return found


@transaction.atomic
def postpone_program(program: Program, *, reason: str, by: Person, at: datetime | None = None) -> Program:
    """Put a running programme off, with a public reason; its proposals stay adopted, its clock runs on."""
    found, act = _begin(program, POSTPONE, by, reason, at)
    notices.moved(found, take_step(found, POSTPONE, act))
    return found


@transaction.atomic
def resume_program(program: Program, *, reason: str, by: Person, at: datetime | None = None) -> Program:
    """Go on with a postponed programme, with a public reason."""
    found, act = _begin(program, RESUME, by, reason, at)
    notices.moved(found, take_step(found, RESUME, act))
    return found


@transaction.atomic
def cancel_program(program: Program, *, reason: str, by: Person, at: datetime | None = None) -> Program:
    """End a programme without carrying it out; proposals that no other programme carries are published again.

    Authors of its proposals are told at once, everybody else once.
    """
    found, act = _begin(program, CANCEL, by, reason, at)
    event = take_step(found, CANCEL, act, {"ended_at": act.moment})
    outcome = settle(_linked(found), act)
    notices.moved(found, event, own=kinds.RETURNED, proposals=outcome.released)
    return found


@transaction.atomic
def complete_program(program: Program, *, by: Person, at: datetime | None = None) -> Program:
    """End a programme whose phases are all done; its proposals are completed when no other programme is open.

    Raises:
        WrongState: while a phase is not done.
    """
    found, act = _begin(program, COMPLETE, by, "", at)
    if found.phases.exclude(state=PhaseState.DONE).exists():
        raise WrongState(
            _("Finish all phases first. A work programme is completed when nothing in it is open.")
        )
    event = take_step(found, COMPLETE, act, {"ended_at": act.moment})
    outcome = settle(_linked(found), act)
    notices.moved(found, event, own=kinds.DONE, proposals=outcome.completed)
    return found


@transaction.atomic
def reopen_program(program: Program, *, reason: str, by: Person, at: datetime | None = None) -> Program:
    """Take a completed programme up again, with a public reason; its proposals are adopted again."""
    found, act = _begin(program, REOPEN, by, reason, at)
    event = take_step(found, REOPEN, act, {"ended_at": None})
    settle(_linked(found), act)
    notices.moved(found, event)
    return found


def _begin(
    program: Program, step: Step, by: Person, reason: str, at: datetime | None
) -> tuple[Program, Deed]:
    """Lock, right, table, reason: in this order, so that a stranger learns nothing and a late one what
    happened.
    """
    found = lock(program)
    require(rules.may_step(found, step.permission, by))
    check_step(found, found.state, step, str(State(found.state).label))
    why = checked_reason(reason, needed=step.needs_reason)
    return found, deed(found, step.permission, by=by, moment=instant(at), reason=why)


def _linked(program: Program) -> list[int]:
    return list(selectors.active_links(program).values_list("proposal_id", flat=True))


def _refuse_incomplete(program: Program) -> None:
    missing = program.phases.filter(planned_end_on=None) | program.phases.filter(planned_start_on=None)
    if missing.exists():
        message = _("Every phase needs its planned dates before the work programme is published.")
        raise Invalid(message, fields={f"start_{phase.position}": [message] for phase in missing})
