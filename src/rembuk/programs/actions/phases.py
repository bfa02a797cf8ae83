"""Moving phases: start, finish, go on, take a start back; and which one leads."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.engagement.actions.subjects import set_ballots_open, show_subject
from rembuk.programs import notices, rules, verbs
from rembuk.programs.actions.steps import (
    TALKING,
    Deed,
    add_event,
    check_step,
    checked_reason,
    deed,
    follow_states,
    happened_on,
    lock,
    record,
)
from rembuk.programs.kinds import kind_of
from rembuk.programs.models import Phase, Program, ProgramEvent
from rembuk.programs.states import FINISH, RESTART, START, UNSTART, PhaseState, State, Step


@transaction.atomic
def start_phase(phase: Phase, *, by: Person, on: date | None = None, at: datetime | None = None) -> Phase:
    """Begin an upcoming phase on a day (today unless told, never later); others may stay active beside it.

    It leads when the leading phase is not active. Writes state, actual start, history, audit, notices.

    Raises:
        Denied, Invalid, AlreadyMoved, WrongState: without right, for a day to come, for another state of the
        phase,
            unless the programme is running.
    """
    program, found, act = _begin(phase, START, by, "", at)
    notices.phase_moved(program, begin(program, found, act, on))
    return found


def begin(program: Program, phase: Phase, act: Deed, on: date | None = None) -> ProgramEvent:
    """Start a phase of a locked programme, telling nobody yet."""
    return _move(program, phase, START, act, actual_start_on=happened_on(act, on, "on"))


@transaction.atomic
def finish_phase(phase: Phase, *, by: Person, on: date | None = None, at: datetime | None = None) -> Phase:
    """End an active phase on a day (today unless told), not before it began. Another active phase takes the
    lead.

    Raises:
        Denied, Invalid, AlreadyMoved, WrongState: as ``start_phase``, or for a day before the start.
    """
    program, found, act = _begin(phase, FINISH, by, "", at)
    day = happened_on(act, on, "on")
    if found.actual_start_on and day < found.actual_start_on:
        message = _("A phase can't end before it starts.")
        raise Invalid(message, fields={"on": [message]})
    event = _move(program, found, FINISH, act, actual_end_on=day)
    notices.phase_moved(program, event)
    return found


@transaction.atomic
def restart_phase(phase: Phase, *, reason: str, by: Person, at: datetime | None = None) -> Phase:
    """Go on with a phase that was done, with a public reason; its actual end is open again."""
    program, found, act = _begin(phase, RESTART, by, reason, at)
    event = _move(program, found, RESTART, act, actual_end_on=None)
    notices.phase_moved(program, event)
    return found


@transaction.atomic
def unstart_phase(phase: Phase, *, reason: str, by: Person, at: datetime | None = None) -> Phase:
    """Take the start of a phase back, with a public reason."""
    program, found, act = _begin(phase, UNSTART, by, reason, at)
    event = _move(program, found, UNSTART, act, actual_start_on=None)
    notices.phase_moved(program, event)
    return found


@transaction.atomic
def lead_phase(phase: Phase, *, by: Person, at: datetime | None = None) -> Phase:
    """Make an active phase the one that leads: what the programme shows first. Audited, in the history;
    nobody is told.

    Raises:
        WrongState: for a phase that is not active, or leads already.
    """
    program = lock(phase.program)
    require(rules.may_steer(program, by))
    found = program.phases.get(pk=phase.pk)
    if found.state != PhaseState.ACTIVE or found.is_leading:
        raise WrongState(_("Only another phase that is under way can take the lead."))
    _hand_lead(program, found, deed(program, izin.PROGRAM_STEER, by=by, moment=instant(at)))
    return found


def follow_kind(code: str) -> None:
    """Let every phase of a kind take what its kind takes now; called when the administrator changed the kind."""
    kind = kind_of(code)
    begun = Q(position=1) | ~Q(state=PhaseState.UPCOMING)
    rows = Phase.objects.filter(begun, kind=code, program__state__in=TALKING)
    for phase in rows.select_related("subject").order_by("pk").iterator(chunk_size=500):
        show_subject(phase.subject, visible=True, comments_open=kind.takes_comments)
        set_ballots_open(phase.subject, is_open=kind.takes_answers)


def _begin(
    phase: Phase, step: Step, by: Person, reason: str, at: datetime | None
) -> tuple[Program, Phase, Deed]:
    program = lock(phase.program)
    require(rules.may_step(program, step.permission, by))
    if program.state != State.PUBLISHED:
        raise WrongState(_("Phases move only while the work programme is running."))
    found = program.phases.select_related("subject").get(pk=phase.pk)
    check_step(program, found.state, step, str(PhaseState(found.state).label), found)
    why = checked_reason(reason, needed=step.needs_reason)
    return program, found, deed(program, step.permission, by=by, moment=instant(at), reason=why)


def _move(program: Program, phase: Phase, step: Step, act: Deed, **dates: date | None) -> ProgramEvent:
    before = {"state": phase.state, **{name: _iso(getattr(phase, name)) for name in dates}}
    source, phase.state = phase.state, step.target
    for name, day in dates.items():
        setattr(phase, name, day)
    phase.save(update_fields=["state", *dates])
    after = {"state": phase.state, **{name: _iso(day) for name, day in dates.items()}}
    record(program, step.verb, act, before=before, after=after, key=f"{program.code}-{phase.position}")
    event = add_event(program, step.name, act, phase=phase, moved=(source, step.target))
    _follow_lead(program, phase, act)
    follow_states(program)
    program.changed_at = act.moment
    program.save(update_fields=["changed_at"])
    return event


def _follow_lead(program: Program, moved: Phase, act: Deed) -> None:
    """While any phase is active, an active one leads: the one just moved, else the first."""
    phases = list(program.phases.all())
    leading = next(phase for phase in phases if phase.is_leading)
    active = [phase for phase in phases if phase.state == PhaseState.ACTIVE]
    if leading in active or not active:
        return
    _hand_lead(program, moved if moved in active else active[0], act)


def _hand_lead(program: Program, phase: Phase, act: Deed) -> None:
    before = program.phases.get(is_leading=True)
    program.phases.filter(pk=before.pk).update(is_leading=False)
    phase.is_leading = True
    phase.save(update_fields=["is_leading"])
    record(program, verbs.LED, act, before={"phase": before.position}, after={"phase": phase.position})
    add_event(program, "lead", act, phase=phase)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
