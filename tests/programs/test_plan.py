"""The plan: fixed by publication, revised in public, late against the first and the current one."""

from datetime import date

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.programs import selectors
from rembuk.programs.actions import phases, publish
from rembuk.programs.actions.create import create_program
from rembuk.programs.actions.revise import revise_plan
from rembuk.programs.lateness import Delay
from rembuk.programs.models import Program
from tests import people, scenes
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db
LATER = (date(2026, 11, 1), date(2027, 1, 31))


def running() -> tuple[Program, people.Person]:
    place = scenes.regency()
    by = programs.manager(place)
    return programs.published(place, by=by), by


def test_publish_program_fixes_the_first_plan() -> None:
    program, _by = running()
    rows = program.phases.values_list("position", "first_start_on", "first_end_on")
    assert {number: (start, end) for number, start, end in rows} == programs.PLAN


def test_publish_program_without_dates_is_invalid() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = create_program(programs.contents(place), by=by, plan={1: programs.PLAN[1]})
    with pytest.raises(Invalid) as refusal:
        publish.publish_program(program, by=by)
    assert set(refusal.value.fields) == {"start_2", "start_3"}


def test_revise_plan_keeps_the_first_plan_and_tells_old_new_and_reason() -> None:
    program, by = running()
    revision = revise_plan(program, {1: LATER}, reason=programs.REASON, by=by, at=programs.MORNING)
    phase = programs.phase(program, 1)
    assert (phase.first_end_on, phase.planned_end_on) == (date(2026, 12, 31), date(2027, 1, 31))
    assert (revision.number, revision.reason, revision.changes) == (
        1,
        programs.REASON,
        [{"phase": 1, "field": "planned_end_on", "old": "2026-12-31", "new": "2027-01-31"}],
    )
    entry = AuditEntry.objects.get(verb="program.plan_revised")
    assert (entry.after["phase_1_planned_end_on"], entry.reason) == ("2027-01-31", programs.REASON)


def test_revise_plan_numbers_its_revisions() -> None:
    program, by = running()
    for day in (10, 20):
        revise_plan(program, {1: (date(2026, 11, 1), date(2027, 1, day))}, reason=programs.REASON, by=by)
    assert list(program.revisions.values_list("number", flat=True)) == [2, 1]


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ({1: programs.PLAN[1]}, programs.REASON),
        ({1: LATER}, "pendek"),
        ({1: (date(2026, 11, 1), date(2026, 10, 1))}, programs.REASON),
        ({1: (None, None)}, programs.REASON),
    ],
    ids=["no difference", "no reason", "end before start", "no dates"],
)
def test_revise_plan_with_bad_input_is_invalid(plan: dict, reason: str) -> None:
    program, by = running()
    with pytest.raises(Invalid):
        revise_plan(program, plan, reason=reason, by=by)
    assert not program.revisions.exists()


def test_revise_plan_of_a_finished_phase_or_a_draft_is_refused() -> None:
    program, by = running()
    phases.start_phase(programs.phase(program, 1), by=by, at=programs.MORNING)
    phases.finish_phase(programs.phase(program, 1), by=by, at=programs.MORNING)
    with pytest.raises(WrongState):
        revise_plan(program, {1: LATER}, reason=programs.REASON, by=by)
    place = scenes.regency()
    manager = programs.manager(place)
    with pytest.raises(WrongState):
        revise_plan(programs.draft(place, by=manager), {1: LATER}, reason=programs.REASON, by=manager)


def test_revise_plan_needs_the_right_to_steer() -> None:
    program, _by = running()
    with pytest.raises(Denied):
        revise_plan(program, {1: LATER}, reason=programs.REASON, by=people.citizen())


def test_lateness_is_measured_against_the_first_and_the_current_plan() -> None:
    program, by = running()
    phases.start_phase(programs.phase(program, 1), by=by, at=programs.MORNING)
    revise_plan(program, {1: LATER}, reason=programs.REASON, by=by, at=programs.MORNING)
    found = selectors.lateness(program, date(2027, 2, 5))
    assert (found.whole, found.phases) == (
        Delay(first=36, current=35),
        {1: Delay(36, 5), 2: Delay(35, 35), 3: Delay(0, 0)},
    )


@pytest.mark.parametrize(
    ("state", "phase_state", "late"),
    [
        ("draft", "upcoming", 0),
        ("cancelled", "active", 0),
        ("published", "upcoming", 30),
        ("published", "active", 0),
        ("postponed", "upcoming", 30),
        ("completed", "done", 0),
    ],
)
def test_lateness_depends_on_the_states(state: str, phase_state: str, late: int) -> None:
    program, _by = running()
    Program.objects.filter(pk=program.pk).update(state=state)
    program.phases.update(state=phase_state)
    program.refresh_from_db()
    assert selectors.lateness(program, date(2026, 12, 1)).whole.current == late


def test_lateness_of_a_finished_phase_is_that_of_its_last_day() -> None:
    program, _by = running()
    program.phases.filter(position=1).update(
        state="done", actual_end_on=date(2027, 1, 3), actual_start_on=date(2026, 11, 1)
    )
    assert selectors.lateness(program, date(2029, 1, 1)).phases[1] == Delay(3, 3)
