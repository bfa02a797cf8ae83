"""Moving phases: dates, who leads, and what citizens can say meanwhile."""

from datetime import date

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid, WrongState
from rembuk.engagement.models import Ballot
from rembuk.programs.actions import phases, publish
from rembuk.programs.models import Program
from tests import program_scenes as programs
from tests import scenes

pytestmark = pytest.mark.django_db


def leading(program: Program) -> list[int]:
    return list(program.phases.filter(is_leading=True).values_list("position", flat=True))


def talking(program: Program) -> list[tuple[bool, bool, bool]]:
    """(visible, comments open, question open) of each phase."""
    rows = Ballot.objects.filter(subject__phase__program=program).order_by("subject__phase__position")
    return list(rows.values_list("subject__is_visible", "subject__comments_open", "is_open"))


def test_start_phase_records_the_day_and_takes_the_lead_from_one_that_is_not_active() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    found = phases.start_phase(programs.phase(program, 2), by=by, on=date(2026, 11, 20), at=programs.MORNING)
    assert (found.state, found.actual_start_on, leading(program)) == ("active", date(2026, 11, 20), [2])
    assert AuditEntry.objects.get(verb="program.leading_phase_changed").after == {"phase": 2}


def test_start_phase_beside_an_active_one_leaves_the_lead() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    for number in (2, 3):
        phases.start_phase(programs.phase(program, number), by=by, at=programs.MORNING)
    assert leading(program) == [2]
    phases.finish_phase(programs.phase(program, 2), by=by, at=programs.MORNING)
    assert leading(program) == [3]


def test_kind_of_the_leading_phase_stands_beside_the_programme() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program, other = (programs.published(place, by=by) for _number in range(2))
    kinds = list(program.phases.order_by("position").values_list("kind", flat=True))
    phases.start_phase(programs.phase(program, 2), by=by, at=programs.MORNING)
    assert _kind_beside(program) == kinds[1] != _kind_beside(other) == kinds[0]
    program.phases.filter(is_leading=True).update(is_leading=False)
    program.phases.filter(position=3).update(is_leading=True)  # by a process that knows nothing of the column
    assert (_kind_beside(program), _kind_beside(other)) == (kinds[2], kinds[0])


def _kind_beside(program: Program) -> str:
    return Program.objects.values_list("leading_kind", flat=True).get(pk=program.pk)


def test_lead_phase_is_for_another_active_phase_only_and_audited() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    for number in (1, 3):
        phases.start_phase(programs.phase(program, number), by=by, at=programs.MORNING)
    phases.lead_phase(programs.phase(program, 3), by=by)
    assert leading(program) == [3]
    assert AuditEntry.objects.get(verb="program.leading_phase_changed").before == {"phase": 1}
    for number in (2, 3):
        with pytest.raises(WrongState):
            phases.lead_phase(programs.phase(program, number), by=by)


def test_phase_days_to_come_or_before_the_start_are_invalid() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    phase = programs.phase(programs.published(place, by=by), 1)
    with pytest.raises(Invalid):
        phases.start_phase(phase, by=by, on=date(2026, 11, 25), at=programs.MORNING)
    phases.start_phase(phase, by=by, on=date(2026, 11, 20), at=programs.MORNING)
    with pytest.raises(Invalid):
        phases.finish_phase(phase, by=by, on=date(2026, 11, 19), at=programs.MORNING)


def test_restart_and_unstart_open_the_actual_dates_again_and_keep_the_reason_public() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    phase = programs.phase(programs.published(place, by=by), 1)
    phases.start_phase(phase, by=by, at=programs.MORNING)
    phases.finish_phase(phase, by=by, at=programs.MORNING)
    again = phases.restart_phase(phase, reason=programs.REASON, by=by)
    assert (again.actual_start_on, again.actual_end_on) == (date(2026, 11, 24), None)
    assert phases.unstart_phase(phase, reason=programs.REASON, by=by).actual_start_on is None
    steps = phase.events.values_list("step", "reason")
    assert list(steps) == [
        ("start", ""),
        ("finish", ""),
        ("restart", programs.REASON),
        ("unstart", programs.REASON),
    ]


def test_talk_is_open_in_planning_since_publication_and_in_others_once_begun() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    waiting, talks = (True, False, False), (True, True, True)
    assert talking(program) == [talks, waiting, waiting]
    phases.start_phase(programs.phase(program, 3), by=by, at=programs.MORNING)
    assert talking(program) == [talks, waiting, talks]
    phases.finish_phase(programs.phase(program, 3), by=by, at=programs.MORNING)
    assert talking(program) == [talks, waiting, talks]


@pytest.mark.parametrize(("step", "is_open"), [("postpone", True), ("cancel", False)])
def test_talk_follows_the_program(step: str, is_open: bool) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    {"postpone": publish.postpone_program, "cancel": publish.cancel_program}[step](
        program, reason=programs.REASON, by=by
    )
    assert talking(program)[0] == (True, is_open, is_open)


def test_publish_program_may_start_planning_in_the_same_step() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = publish.publish_program(
        programs.draft(place, by=by), by=by, start_planning=True, at=programs.MORNING
    )
    assert programs.phase(program, 1).actual_start_on == date(2026, 11, 24)
    assert list(program.events.values_list("step", flat=True)) == ["publish", "start"]
