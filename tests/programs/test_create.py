"""Making and editing: code, phases, talk, dates of a draft, what the trail keeps."""

from datetime import date

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common import search
from rembuk.common.errors import Invalid, WrongState
from rembuk.engagement.models import Ballot, Subject
from rembuk.programs.actions.create import create_program, edit_program
from rembuk.programs.actions.publish import cancel_program
from rembuk.programs.models import Program
from tests import program_scenes as programs
from tests import scenes

pytestmark = pytest.mark.django_db


def test_create_program_draws_a_code_and_gives_each_phase_its_own_talk() -> None:
    program = programs.draft(scenes.regency())
    subjects = Subject.objects.filter(code__startswith=program.code).order_by("code")
    assert program.code.startswith("PRG-2026-")
    assert [(row.kind, row.code, row.is_visible) for row in subjects] == [
        ("program", program.code, False),
        *[("phase", f"{program.code}-{number}", False) for number in (1, 2, 3)],
    ]
    assert list(
        Ballot.objects.filter(subject__in=subjects).values_list("kind", "choices", "is_open").distinct()
    ) == [("question", [1, 2, 3], False)]


def test_create_program_leads_with_planning_and_has_no_first_plan_yet() -> None:
    program = programs.draft(scenes.regency())
    rows = program.phases.values_list("kind", "is_leading", "planned_start_on", "first_start_on")
    assert list(rows) == [
        ("planning", True, date(2026, 11, 1), None),
        ("execution", False, date(2027, 1, 1), None),
        ("evaluation", False, date(2027, 9, 1), None),
    ]


def test_create_program_renders_staff_markdown_once_and_harmless() -> None:
    program = programs.draft(scenes.regency(), body="**Penting** <script>alert(1)</script>")
    assert "<strong>Penting</strong>" in program.html
    assert "<script" not in program.html


def test_create_program_with_an_end_before_its_start_is_invalid() -> None:
    place = scenes.regency()
    with pytest.raises(Invalid) as refusal:
        create_program(
            programs.contents(place),
            by=programs.manager(place),
            plan={2: (date(2027, 2, 1), date(2027, 1, 1))},
        )
    assert set(refusal.value.fields) == {"end_2"}


def test_edit_program_keeps_before_and_after_in_the_trail() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    edit_program(program, programs.contents(place, year=2028), by=by, plan={1: programs.PLAN[1]})
    entry = AuditEntry.objects.get(verb="program.edited")
    assert (entry.before, entry.after, entry.target_key) == ({"year": 2027}, {"year": 2028}, program.code)


def test_edit_program_plans_a_draft_anew_and_keeps_the_days_in_the_trail() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    edit_program(
        program, programs.contents(place), by=by, plan={2: (date(2027, 2, 1), None), 3: programs.PLAN[3]}
    )
    assert AuditEntry.objects.get(verb="program.edited").after == {"phase_2": ["2027-02-01", None]}
    assert programs.phase(program, 2).planned_end_on is None


def test_edit_program_without_a_difference_writes_nothing() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    edit_program(programs.draft(place, by=by), programs.contents(place), by=by, plan=programs.PLAN)
    assert not AuditEntry.objects.filter(verb="program.edited").exists()


def test_edit_program_renames_its_subjects_and_moves_them_to_the_new_unit() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    edit_program(program, programs.contents(place, title="Jembatan gantung", unit=place.roads), by=by)
    found = Subject.objects.filter(code__startswith=program.code)
    assert {row.unit for row in found} == {place.roads}
    assert all("Jembatan gantung" in row.title for row in found)


def test_edit_program_dates_of_a_published_plan_are_refused() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    with pytest.raises(WrongState):
        edit_program(program, programs.contents(place), by=by, plan=programs.PLAN)


def test_edit_program_that_is_cancelled_is_refused() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = cancel_program(programs.published(place, by=by), reason=programs.REASON, by=by)
    with pytest.raises(WrongState):
        edit_program(program, programs.contents(place, year=2029), by=by)


def test_search_finds_a_program_by_another_form_of_its_words() -> None:
    program = programs.draft(scenes.regency())
    found = Program.objects.filter(search=search.query("memperbaiki jalan"))
    assert list(found) == [program]
