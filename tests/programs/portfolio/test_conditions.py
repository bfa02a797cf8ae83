"""The condition of many programmes by the database is the condition of each by the pure rules."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rembuk.programs import lateness
from rembuk.programs.models import Milestone, Phase, Program
from rembuk.programs.plan.condition import Condition, Thresholds, condition_of
from rembuk.programs.plan.progress import Stone, progress
from rembuk.programs.portfolio.conditions import in_condition, measured
from rembuk.programs.portfolio.lately import in_condition_lately, lists, members
from rembuk.programs.states import PhaseState, State
from rembuk.siteconfig.models import Setting
from rembuk.siteconfig.selectors import current, forget
from tests import kept, scenes
from tests import program_scenes as programs
from tests.programs.plan.stones import FIRST, stone, stones

pytestmark = pytest.mark.django_db

TODAY = FIRST + timedelta(days=200)
DEFAULT = Thresholds()


def put(program: Program, rows: list[Stone]) -> None:
    """These milestones instead of any others."""
    program.milestones.all().delete()
    numbers = {phase.position: phase for phase in program.phases.all()}
    Milestone.objects.bulk_create(
        Milestone(
            program=program,
            phase=numbers[row.phase],
            position=position,
            title=f"Tonggak {position}",
            weight=row.weight,
            office=program.unit,
            state="dropped" if row.is_dropped else "done" if row.done_on else "planned",
            planned_start_on=min(row.starts_on, row.ends_on),
            planned_end_on=row.ends_on,
            actual_start_on=FIRST if row.done_on else None,
            actual_end_on=row.done_on,
        )
        for position, row in enumerate(rows, 1)
    )


THRESHOLDS = st.builds(
    Thresholds,
    late=st.decimals(0, 20, places=1),
    critical=st.decimals(0, 40, places=1),
    until=st.decimals(0, 100, places=1),
    critical_after=st.decimals(0, 40, places=1),
)


@pytest.fixture
def program() -> Program:
    """A running programme."""
    return programs.published(scenes.regency())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=stones(), thresholds=THRESHOLDS, days=st.integers(0, 900))
@example(
    rows=[stone(1, "0.04", FIRST), stone(2, "0.58", TODAY), stone(3, "0.34", TODAY)],
    thresholds=DEFAULT,
    days=10,
)
def test_database_and_pure_rules_agree_on_milestones(
    program: Program, rows: list[Stone], thresholds: Thresholds, days: int
) -> None:
    today = FIRST + timedelta(days=days)
    put(program, rows)
    found = measured([program.pk], today, thresholds)[program.pk]
    behind = lateness.of_program(program, program.phases.all(), today).whole.current
    expected = progress(rows, today)
    assert (found.planned, found.actual) == (
        (expected.planned, expected.actual) if expected else (None, None)
    )
    assert found.days == behind
    assert found.condition == condition_of(rows, today, thresholds, days_behind=behind)


PHASES = st.tuples(
    st.sampled_from(PhaseState.values), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400)
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.tuples(PHASES, PHASES, PHASES))
def test_database_and_pure_rules_agree_on_dates_of_phases(
    program: Program, plan: tuple[tuple[str, int, int, int], ...]
) -> None:
    for position, (state, start, length, end) in enumerate(plan, 1):
        begins = FIRST + timedelta(days=start)
        Phase.objects.filter(program=program, position=position).update(
            kind=f"kind-{position}",
            state=state,
            planned_start_on=begins,
            planned_end_on=begins + timedelta(days=length),
            actual_start_on=FIRST,
            actual_end_on=FIRST + timedelta(days=end) if state == PhaseState.DONE else None,
        )
    phases = list(program.phases.all())
    behind = lateness.of_program(program, phases, TODAY).whole.current
    found = measured([program.pk], TODAY, DEFAULT)[program.pk]
    assert (found.planned, found.days) == (None, behind)
    assert found.condition == (Condition.LATE if behind else Condition.ON_TIME)


def test_list_of_a_condition_holds_exactly_the_programs_in_it() -> None:
    place = scenes.regency()
    made = {}
    for condition, done in ((Condition.ON_TIME, 3), (Condition.LATE, 2), (Condition.CRITICAL, 0)):
        made[condition] = programs.published(place, title=f"Program {condition}")
        weights = ["80", "10", "10"]
        put(
            made[condition],
            [
                stone(key, weights[key], TODAY - timedelta(days=1), done_on=FIRST if key < done else None)
                for key in range(3)
            ],
        )
    loose = Thresholds(critical_after=Decimal(15))
    for condition, one in made.items():
        assert list(Program.objects.filter(in_condition(condition, TODAY, loose))) == [one], condition
        assert list(Program.objects.filter(lists(TODAY, loose).members[condition].condition())) == [one], (
            condition
        )


@pytest.mark.parametrize("is_dense", [True, False])
def test_members_are_exactly_those_of_their_keys_however_many(is_dense: bool) -> None:
    place = scenes.regency()
    made = [programs.draft(place).pk for _ in range(20)]
    keys = list(range(1, made[15], 2)) if is_dense else [made[3], made[4], 1_000_000]
    found = members(keys)
    assert bool(found.bits) is is_dense
    rows = Program.objects.filter(found.condition()).order_by("id").values_list("id", flat=True)
    assert list(rows) == [key for key in made if key in keys]


def test_no_members_are_none() -> None:
    programs.draft(scenes.regency())
    assert not Program.objects.filter(members([]).condition()).exists()


def test_list_for_visitors_is_at_most_a_minute_old_and_of_its_own_day_and_limits(program: Program) -> None:
    def late(day: date) -> list[Program]:
        with time_machine.travel(datetime.combine(day, time(12), current().tz), tick=False):
            return list(Program.objects.filter(in_condition_lately(Condition.CRITICAL)))

    def limit(points: int) -> None:
        Setting.objects.update_or_create(
            key="critical_points_after", defaults={"value": points, "changed_at": programs.MORNING}
        )
        forget()

    tomorrow = TODAY + timedelta(days=1)
    put(program, [stone(1, "100", TODAY)])
    assert late(TODAY) == []
    put(program, [stone(1, "100", TODAY - timedelta(days=1))])
    assert late(TODAY) == [], "found less than a minute ago"
    assert late(tomorrow) == [program], "of another day"
    kept.age(61)
    assert late(TODAY) == [program], "a minute is over"
    limit(100)
    assert late(TODAY) == [], "under other limits"


@pytest.mark.parametrize("state", [State.DRAFT, State.CANCELLED, State.COMPLETED])
def test_what_does_not_run_is_in_no_condition(program: Program, state: str) -> None:
    put(program, [stone(1, "1", date(2020, 1, 1))])
    Program.objects.filter(pk=program.pk).update(state=state)
    assert measured([program.pk], TODAY, DEFAULT) == {}
    for condition in Condition.values:
        assert not Program.objects.filter(in_condition(condition, TODAY, DEFAULT))


def test_postponed_program_is_still_measured(program: Program) -> None:
    put(program, [stone(1, "1", date(2020, 1, 1))])
    Program.objects.filter(pk=program.pk).update(state=State.POSTPONED)
    assert measured([program.pk], TODAY, DEFAULT)[program.pk].condition == Condition.CRITICAL
