"""Rounds of rating: opening one in an active phase of evaluation, closing it by hand or by the clock.

A rating passes a gate on the round's row (``rating``); whoever closes takes that row's full lock and then counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.programs import rules, verbs
from rembuk.programs.actions.steps import add_event, deed, lock, record
from rembuk.programs.choices import Survey
from rembuk.programs.evaluation import rounds
from rembuk.programs.models import Phase, Program, ProgramEvent, Round
from rembuk.programs.notices import voices as notices
from rembuk.programs.states import State

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Until when a round is open (``None``: until somebody closes it), and how many people used the service."""

    closes_at: datetime | None = None
    population: int | None = None


@transaction.atomic
def open_round(phase: Phase, terms: Terms = Terms(), *, by: Person, at: datetime | None = None) -> Round:
    """Let members rate the programme: by the SKM where it is a public service, else by the short rating.

    Writes the round, a public event, an audit entry; followers are told in the daily letter.

    Raises:
        Denied: without the right.
        WrongState: unless the programme runs, the phase evaluates, takes ratings and is active, or while a round is open.
        Invalid: for a closing that is past or more than a year away, or for a number of users below 1.
    """
    program = lock(phase.program)
    require(rules.may_run_rounds(program, by))
    if program.state != State.PUBLISHED or not rounds.can_be_opened_in(program).filter(pk=phase.pk).exists():
        raise WrongState(_("A rating can be opened while a phase of monitoring and evaluation is active."))
    act = deed(program, izin.PROGRAM_STEER, by=by, moment=instant(at))
    survey = Survey.SKM if program.is_public_service else Survey.SHORT
    population = terms.population if survey == Survey.SKM else None
    _check(terms.closes_at, population, act.moment)
    _end_lapsed(program, act.moment)
    if program.rounds.filter(closed_at=None).exists():
        raise WrongState(_("A rating is open already. Close it before you open the next one."))
    made = Round.objects.create(
        program=program,
        phase=phase,
        number=(program.rounds.aggregate(last=Max("number"))["last"] or 0) + 1,
        survey=survey,
        population=population,
        opened_at=act.moment,
        closes_at=terms.closes_at,
    )
    closes = terms.closes_at.isoformat() if terms.closes_at else ""
    after = {"number": made.number, "survey": survey, "closes_at": closes, "population": population}
    record(program, verbs.ROUND_OPENED, act, after=after)
    notices.round_opened(program, add_event(program, "round_open", act, phase=phase))
    return made


@transaction.atomic
def close_round(found: Round, *, by: Person, at: datetime | None = None) -> Round:
    """End a round now; its counts are kept as they stand.

    Raises:
        Denied: without the right.
        WrongState: when it is over already.
    """
    program = lock(found.program)
    require(rules.may_run_rounds(program, by))
    act = deed(program, izin.PROGRAM_STEER, by=by, moment=instant(at))
    held = Round.objects.select_for_update().get(pk=found.pk)
    if held.closed_at is not None or (held.closes_at is not None and held.closes_at <= act.moment):
        raise WrongState(_("This rating is closed already."))
    _close(held, act.moment)
    record(program, verbs.ROUND_CLOSED, act, after={"number": held.number})
    notices.round_closed(program, add_event(program, "round_close", act, phase=held.phase))
    return held


def end_lapsed(*, at: datetime | None = None) -> int:
    """Close all rounds whose time is over, at the instant that was announced; called by the worker. Returns how many."""
    moment = instant(at)
    over = Round.objects.filter(closed_at=None, closes_at__lte=moment).values_list("program", flat=True)
    ended = 0
    for program in Program.objects.filter(pk__in=list(over)).order_by("pk"):
        with transaction.atomic():
            ended += _end_lapsed(lock(program), moment)
    return ended


def _end_lapsed(program: Program, moment: datetime) -> int:
    """The clock ends a round as a person would: kept counts, a public event of its office, an audit entry, notices."""
    lapsed = Round.objects.select_for_update(of=("self",)).select_related("phase")
    ended = 0
    for held in lapsed.filter(program=program, closed_at=None, closes_at__lte=moment):
        assert held.closes_at is not None
        _close(held, held.closes_at)
        target = audit.Target("program", program.code, program.unit_id, program.unit.path)
        after = {"number": held.number}
        audit.record(verbs.ROUND_CLOSED, by=SYSTEM, target=target, after=after, at=moment)
        notices.round_closed(program, _event_of_clock(program, held.phase, held.closes_at))
        ended += 1
    return ended


def _event_of_clock(program: Program, phase: Phase, at: datetime) -> ProgramEvent:
    return ProgramEvent.objects.create(
        program=program,
        phase=phase,
        step="round_close",
        from_state=phase.state,
        to_state=phase.state,
        at=at,
        office=program.unit,
    )


def _close(held: Round, moment: datetime) -> None:
    """Mark a locked round as closed and keep its counts: nobody passes the gate between the two."""
    held.closed_at = moment
    held.counts = rounds.counts(held)
    held.save(update_fields=["closed_at", "counts"])


def _check(closes_at: datetime | None, population: int | None, moment: datetime) -> None:
    wrong: dict[str, list[str]] = {}
    if closes_at is not None and not moment < closes_at <= moment + LONGEST:
        wrong["closes_on"] = [_("Choose a day from today on, at most a year away.")]
    if population is not None and population < 1:
        wrong["population"] = [_("Give how many people used the service, or leave it empty.")]
    if wrong:
        raise Invalid(_("The rating can't be opened like this."), fields=wrong)
