"""Staff find programmes by how they stand now, whatever was done since all were looked at; visitors a minute later."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from rembuk.accounts.models import Person
from rembuk.common.clock import local_date, now
from rembuk.programs.actions import phases, publish
from rembuk.programs.actions.create import create_program
from rembuk.programs.actions.milestones import course, plan
from rembuk.programs.actions.milestones.changing import Days, MilestoneWords
from rembuk.programs.actions.revise import revise_plan
from rembuk.programs.models import Program
from rembuk.programs.plan.condition import Condition
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio import lately
from rembuk.programs.portfolio.conditions import in_condition
from rembuk.programs.portfolio.lately import in_condition_lately, in_condition_now
from tests import layer_scenes as layers
from tests import program_scenes as programs
from tests import scenes

pytestmark = pytest.mark.django_db

type Found = dict[str, set[int]]


def _reach(program: Program, by: Person) -> None:
    layers.reach(program, 3, by)


def _reopen(program: Program, by: Person) -> None:
    course.reopen_milestone(program.milestones.get(position=3), reason=programs.REASON, by=by)


def _drop(program: Program, by: Person) -> None:
    course.drop_milestone(program.milestones.get(position=3), reason=programs.REASON, by=by)


def _restore(program: Program, by: Person) -> None:
    course.restore_milestone(program.milestones.get(position=3), reason=programs.REASON, by=by)


def _add(program: Program, by: Person) -> None:
    words = MilestoneWords(
        title="Jalan pendekat",
        phase=programs.phase(program, 3),
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 12, 15),
        weight=Decimal(900),
    )
    plan.add_milestone(program, words, reason=programs.REASON, by=by)


def _lighten(program: Program, by: Person) -> None:
    row = program.milestones.get(position=3)
    words = replace(layers.words_of(row), weight=Decimal(2))
    plan.edit_milestone(row, words, reason=programs.REASON, by=by)


def _revise(program: Program, by: Person) -> None:
    row = program.milestones.get(position=3)
    later = {row.public_id: Days(row.planned_start_on, date(2026, 12, 10))}
    revise_plan(program, {}, milestones=later, reason=programs.REASON, by=by)


def _begin(program: Program, by: Person) -> None:
    phases.start_phase(programs.phase(program, 1), by=by)


def _unstart(program: Program, by: Person) -> None:
    phases.unstart_phase(programs.phase(program, 1), reason=programs.REASON, by=by)


def _finish(program: Program, by: Person) -> None:
    phases.finish_phase(programs.phase(program, 1), by=by)


def _restart(program: Program, by: Person) -> None:
    phases.restart_phase(programs.phase(program, 1), reason=programs.REASON, by=by)


def _shift(program: Program, by: Person) -> None:
    revise_plan(program, {1: (date(2026, 12, 1), date(2026, 12, 31))}, reason=programs.REASON, by=by)


def _cancel(program: Program, by: Person) -> None:
    publish.cancel_program(program, reason=programs.REASON, by=by)


def _complete(program: Program, by: Person) -> None:
    for number in (1, 2, 3):
        if number > 1:
            phases.start_phase(programs.phase(program, number), by=by)
        phases.finish_phase(programs.phase(program, number), by=by)
    publish.complete_program(program, by=by)


def _reopen_program(program: Program, by: Person) -> None:
    publish.reopen_program(program, reason=programs.REASON, by=by)


def _publish(program: Program, by: Person) -> None:
    publish.publish_program(program, by=by)


type Act = Callable[[Program, Person], None]
# What was done before all were looked at, and what changes how a programme stands.
ACTS: dict[str, tuple[str, list[Act], Act]] = {
    "milestone reached": ("layered", [], _reach),
    "milestone reopened": ("layered", [_reach], _reopen),
    "milestone dropped": ("layered", [], _drop),
    "milestone restored": ("layered", [_drop], _restore),
    "milestone added": ("layered", [], _add),
    "milestone of less weight": ("layered", [], _lighten),
    "plan revised": ("layered", [], _revise),
    "phase begun": ("plain", [], _begin),
    "phase not begun after all": ("plain", [_begin], _unstart),
    "phase gone on with": ("overdue", [_begin, _finish], _restart),
    "phase finished": ("overdue", [_begin], _finish),
    "phases revised": ("plain", [], _shift),
    "published": ("draft", [], _publish),
    "cancelled": ("layered", [], _cancel),
    "completed": ("plain", [_begin], _complete),
    "taken up again": ("plain", [_begin, _complete], _reopen_program),
}


@pytest.fixture
def world() -> Iterator[dict[str, Program]]:
    """One critical programme with milestones, late ones without, a draft; others of each kind that nobody touches."""
    place = scenes.regency()
    by = programs.manager(place)
    found = {
        "layered": layers.running(place, by),
        "plain": programs.published(place, by=by, at=layers.on(2, 25)),
        "draft": programs.draft(place, by=by, at=layers.on(2, 25)),
        "overdue": _with_a_phase_over(place, by),
    }
    layers.running(place, by)
    found["other plain"] = programs.published(place, by=by, at=layers.on(2, 25))
    with time_machine.travel(programs.MORNING, tick=False):
        yield found


def _with_a_phase_over(place: scenes.Regency, by: Person) -> Program:
    days = {**programs.PLAN, 1: (date(2026, 11, 1), date(2026, 11, 10))}
    made = create_program(programs.contents(place), by=by, plan=days, at=layers.on(2, 25))
    return publish.publish_program(made, by=by, at=layers.on(2, 25))


def _found(condition: Callable[[str], Q]) -> Found:
    return {
        one: set(Program.objects.filter(condition(one)).values_list("pk", flat=True))
        for one in Condition.values
    }


def _truth() -> Found:
    return _found(lambda one: in_condition(one, local_date(), thresholds()))


@pytest.mark.parametrize("form", [0, 10**9], ids=["keys", "bits"])
def test_what_was_found_is_the_same_in_either_form_and_within_another_question(
    world: dict[str, Program], monkeypatch: pytest.MonkeyPatch, form: int
) -> None:
    """As keys or bits, and where a list chooses its rows first."""
    monkeypatch.setattr(lately, "_FEW", form)
    lately.LATELY.remake(0)
    assert all(bool(one.bits) is bool(form) for one in lately.LATELY.get().members.values())
    truth = _truth()
    assert truth[Condition.LATE]
    assert truth[Condition.CRITICAL]
    assert _found(in_condition_lately) == truth
    for one, keys in truth.items():
        chosen = Program.objects.filter(in_condition_lately(one)).order_by("-id")[:2]
        found = Program.objects.filter(pk__in=chosen.values("pk")).values_list("pk", flat=True)
        assert sorted(found, reverse=True) == sorted(keys, reverse=True)[:2]


@pytest.mark.parametrize("name", list(ACTS))
def test_staff_find_at_once_what_an_act_changed(world: dict[str, Program], name: str) -> None:
    of, before, act = ACTS[name]
    program, by = world[of], world[of].created_by
    assert by
    for earlier in before:
        earlier(program, by)
    with time_machine.travel(now() + timedelta(minutes=10), tick=False):
        lately.LATELY.remake(0)
        former = _found(in_condition_now)
        assert former == _truth()
        act(program, by)
        assert _truth() != former, "the act changes how it stands"
        assert _found(in_condition_now) == _truth()
        assert _found(in_condition_lately) == former, "visitors see it within a minute"


def test_an_act_under_way_while_all_were_looked_at_is_seen(world: dict[str, Program]) -> None:
    """Its moment lies before the looking, its commit behind."""
    program = world["layered"]
    assert program.created_by
    moment = now()
    with time_machine.travel(moment + timedelta(seconds=30), tick=False):
        lately.LATELY.remake(0)
    with time_machine.travel(moment, tick=False):
        _reach(program, program.created_by)
    with time_machine.travel(moment + timedelta(seconds=31), tick=False):
        assert _found(in_condition_now) == _truth() != _found(in_condition_lately)


def test_after_an_import_of_many_all_are_looked_at(
    world: dict[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more than so many changed ones only the latest are known."""
    monkeypatch.setattr(lately, "_MOST_CHANGED", 1)
    program = world["layered"]
    assert program.created_by
    with time_machine.travel(now() + timedelta(minutes=10), tick=False):
        lately.LATELY.remake(0)
        former = _found(in_condition_now)
        _reach(program, program.created_by)
        for name in ("plain", "other plain"):
            _begin(world[name], program.created_by)
        assert _found(in_condition_now) == _truth() != former


def test_only_what_changed_is_looked_at(world: dict[str, Program]) -> None:
    """Not every milestone of every running programme, which grows with the site."""
    program = world["layered"]
    assert program.created_by

    def looked() -> list[str]:
        with CaptureQueriesContext(connection) as heard:
            list(Program.objects.filter(in_condition_now(Condition.LATE)))
        return [query["sql"] for query in heard.captured_queries if "programs_milestone" in query["sql"]]

    lately.LATELY.remake(0)
    assert looked() == []
    _reach(program, program.created_by)
    [asked] = looked()
    assert f"ARRAY[{program.pk}" in asked or f"{{{program.pk}}}" in asked
