"""The full matrix of steps of a programme and of a phase: what the table has works, everything else is refused."""

from collections.abc import Callable

import pytest

from rembuk.common.errors import Invalid, WrongState
from rembuk.programs.actions import phases, publish
from rembuk.programs.errors import AlreadyMoved
from rembuk.programs.models import Phase, Program
from rembuk.programs.states import PHASE_STEPS, STEPS, PhaseState, State, Step
from tests import program_scenes as programs
from tests import scenes

pytestmark = pytest.mark.django_db
ACTS: dict[str, Callable[..., object]] = {
    "publish": publish.publish_program,
    "postpone": publish.postpone_program,
    "resume": publish.resume_program,
    "cancel": publish.cancel_program,
    "complete": publish.complete_program,
    "reopen": publish.reopen_program,
    "start": phases.start_phase,
    "finish": phases.finish_phase,
    "restart": phases.restart_phase,
    "unstart": phases.unstart_phase,
}


def _act(step: Step, thing: object, by: object, reason: str = programs.REASON) -> object:
    words = {"reason": reason} if step.needs_reason else {}
    return ACTS[step.name](thing, by=by, at=programs.MORNING, **words)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("state", State.values)
def test_program_step_goes_only_where_the_table_has_it(state: str, step: Step) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    Program.objects.filter(pk=program.pk).update(state=state)
    Phase.objects.filter(program=program).update(state=PhaseState.DONE)
    if state in step.sources:
        _act(step, program, by)
    else:
        with pytest.raises(WrongState):
            _act(step, program, by)
    program.refresh_from_db()
    assert program.state == (step.target if state in step.sources else state)


@pytest.mark.parametrize("step", PHASE_STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("state", PhaseState.values)
def test_phase_step_goes_only_where_the_table_has_it(state: str, step: Step) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    phase = programs.phase(programs.published(place, by=by), 2)
    begun = None if state == PhaseState.UPCOMING else programs.MORNING.date()
    Phase.objects.filter(pk=phase.pk).update(state=state, actual_start_on=begun)
    if state in step.sources:
        _act(step, phase, by)
    else:
        with pytest.raises(AlreadyMoved):
            _act(step, phase, by)
    phase.refresh_from_db()
    assert phase.state == (step.target if state in step.sources else state)


@pytest.mark.parametrize("state", [State.DRAFT, State.POSTPONED, State.CANCELLED, State.COMPLETED])
def test_phase_step_is_refused_unless_the_program_runs(state: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    Program.objects.filter(pk=program.pk).update(state=state)
    with pytest.raises(WrongState):
        phases.start_phase(programs.phase(program, 1), by=by)


@pytest.mark.parametrize("step", [step for step in STEPS if step.needs_reason], ids=lambda step: step.name)
def test_program_step_without_its_reason_is_invalid(step: Step) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    Program.objects.filter(pk=program.pk).update(state=min(step.sources))
    with pytest.raises(Invalid) as refusal:
        _act(step, program, by, reason="terlalu pendek")
    assert set(refusal.value.fields) == {"reason"}


@pytest.mark.parametrize(
    "step", [step for step in PHASE_STEPS if step.needs_reason], ids=lambda step: step.name
)
def test_phase_step_without_its_reason_is_invalid(step: Step) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    phase = programs.phase(programs.published(place, by=by), 2)
    Phase.objects.filter(pk=phase.pk).update(state=min(step.sources))
    with pytest.raises(Invalid):
        _act(step, phase, by, reason=" ")


def test_second_person_is_told_which_office_moved_it_and_when() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    publish.cancel_program(program, reason=programs.REASON, by=by, at=programs.MORNING)
    with pytest.raises(AlreadyMoved) as refusal:
        publish.postpone_program(program, reason=programs.REASON, by=by)
    assert place.works.name in str(refusal.value)


def test_complete_is_refused_while_a_phase_is_open() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    with pytest.raises(WrongState):
        publish.complete_program(programs.published(place, by=by), by=by)
