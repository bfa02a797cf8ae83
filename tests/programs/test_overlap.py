"""Phases of one kind never overlap: refused by the plan's rule, by every act on it, and by the database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from rembuk.common.errors import Invalid
from rembuk.programs.actions.create import create_program, edit_program
from rembuk.programs.actions.publish import publish_program
from rembuk.programs.actions.revise import revise_plan
from rembuk.programs.models import Phase, PhaseTemplate, Program
from rembuk.programs.plan.overlap import Span, overlapping
from tests import program_scenes as programs
from tests import scenes
from tests.management.test_phases import TWO_STAGES, admin

PLAN = {
    1: (date(2026, 11, 1), date(2026, 12, 31)),
    2: (date(2027, 1, 1), date(2027, 4, 30)),
    3: (date(2027, 5, 1), date(2027, 8, 31)),
    4: (date(2027, 3, 1), date(2027, 12, 31)),
}
TOO_LONG = {**PLAN, 2: (date(2027, 1, 1), date(2027, 5, 1))}


def two_stages() -> PhaseTemplate:
    from rembuk.management.actions.phases import create_phase_template

    return create_phase_template("dua", TWO_STAGES, by=admin())


def test_overlapping_names_the_pairs_of_one_kind() -> None:
    day = date(2027, 1, 1)
    spans = [
        Span(3, "execution", day, day),
        Span(1, "execution", day, day + timedelta(days=9)),
        Span(2, "planning", day, day),
        Span(4, "execution", day + timedelta(days=10), None),
    ]
    assert overlapping(spans) == [(1, 3)]


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_overlapping_is_sharing_a_day(start: int, length: int, other_start: int, other_length: int) -> None:
    base = date(2027, 1, 1)
    one = [base + timedelta(days=start + n) for n in range(length + 1)]
    other = [base + timedelta(days=other_start + n) for n in range(other_length + 1)]
    found = overlapping([Span(1, "x", one[0], one[-1]), Span(2, "x", other[0], other[-1])])
    assert bool(found) == bool(set(one) & set(other))


@pytest.mark.django_db
def test_create_and_edit_refuse_stages_that_overlap_and_take_those_that_follow() -> None:
    place = scenes.regency()
    by, template = programs.manager(place), two_stages()
    with pytest.raises(Invalid) as refusal, transaction.atomic():
        create_program(programs.contents(place), template=template, plan=TOO_LONG, by=by)
    assert set(refusal.value.fields) == {"start_3"}
    program = create_program(programs.contents(place), template=template, plan=PLAN, by=by)
    with pytest.raises(Invalid):
        edit_program(program, programs.contents(place), plan=TOO_LONG, by=by)


@pytest.mark.django_db
def test_revise_plan_refuses_stages_that_overlap() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = create_program(programs.contents(place), template=two_stages(), plan=PLAN, by=by)
    publish_program(program, by=by)
    with pytest.raises(Invalid):
        revise_plan(program, {2: TOO_LONG[2]}, reason=programs.REASON, by=by)
    both = {2: TOO_LONG[2], 3: (date(2027, 5, 2), date(2027, 8, 31))}
    revision = revise_plan(program, both, reason=programs.REASON, by=by)
    assert [change["phase"] for change in revision.changes] == [2, 3]


@transaction.atomic
def overwrite(program: Program) -> None:
    """Let the second stage end on the first day of the third, past every rule."""
    Phase.objects.filter(program=program, position=2).update(planned_end_on=date(2027, 5, 1))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
def test_database_refuses_stages_that_overlap() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = create_program(programs.contents(place), template=two_stages(), plan=PLAN, by=by)
    with pytest.raises(IntegrityError, match="phase_kind_no_overlap"):
        overwrite(program)
    assert Program.objects.filter(pk=program.pk).exists()
