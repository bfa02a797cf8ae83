"""Figures of all programmes: whole and by group, each counting what its list shows."""

from datetime import timedelta
from decimal import Decimal

import pytest

from rembuk.insights.programs import ProgramFigures, program_figures
from rembuk.programs.actions import phases, publish
from rembuk.programs.models import ProgramPlace
from tests import layer_scenes as layers
from tests import people, scenes
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db


def _counts(row: ProgramFigures) -> tuple[int, ...]:
    return (row.programs, row.running, row.on_time, row.late, row.critical)


def test_figures_of_a_site_without_programs_are_nothing() -> None:
    found = program_figures(programs.MORNING)
    assert found.whole == ProgramFigures()
    assert found.whole.absorption is None
    assert not any(found.rows.values())


def test_figures_count_conditions_states_silence_and_money_and_no_draft() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    layers.running(place, by)
    programs.published(place, by=by)
    programs.draft(place, by=by)
    publish.postpone_program(programs.published(place, by=by), reason=layers.REASON, by=by)
    publish.cancel_program(programs.published(place, by=by), reason=layers.REASON, by=by)
    programs.completed(place, by=by)
    whole = program_figures(programs.MORNING).whole
    # Those without milestones should have begun on the first of November.
    assert _counts(whole) == (5, 2, 0, 2, 1)
    assert (whole.postponed, whole.cancelled, whole.completed, whole.silent) == (1, 1, 1, 1)
    assert (whole.pagu, whole.spent) == (Decimal("4050000000.50"), Decimal("1050000000.25"))
    assert whole.absorption == Decimal("25.92")


def test_programs_without_milestones_are_late_by_the_dates_of_their_phases() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    phases.start_phase(programs.phase(program, 1), by=by, at=programs.MORNING)
    assert _counts(program_figures(programs.MORNING).whole) == (1, 1, 1, 0, 0)
    assert _counts(program_figures(programs.MORNING + timedelta(days=60)).whole) == (1, 1, 0, 1, 0)


def test_groups_hold_what_lies_below_and_each_place_once() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.root)
    village = scenes.village_region()
    assert village.parent
    program = programs.published(place, unit=place.roads, region=village, by=by)
    ProgramPlace.objects.create(program=program, position=9, region=village)
    ProgramPlace.objects.create(program=program, position=2, region=village.parent)
    type(place.root).objects.filter(pk=place.root.pk).update(region=village.parent.parent)
    found = program_figures(programs.MORNING).rows
    assert [row.key for row in found["unit"]] == [place.root.code, place.works.code, place.roads.code]
    assert [row.key for row in found["category"]] == [place.category.slug]
    assert [(row.key, row.programs) for row in found["region"]] == [(village.parent_id, 1)]
    assert [(row.key, row.name) for row in found["phase"]] == [("planning", "Perencanaan")]
    assert [row.key for row in found["year"]] == ["2027"]


def test_years_stand_newest_first() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    for year in (2026, 2028, 2027):
        programs.published(place, by=by, year=year)
    found = program_figures(programs.MORNING)
    assert [row.key for row in found.rows["year"]] == ["2028", "2027", "2026"]
