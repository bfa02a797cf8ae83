"""Offices are reminded before and after planned days, once for each, and of programmes without news."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.notifications.models import Notice
from rembuk.programs import tasks
from rembuk.programs.actions.milestones.course import begin_milestone, drop_milestone
from rembuk.programs.actions.phases import finish_phase, start_phase
from rembuk.programs.actions.publish import postpone_program
from rembuk.programs.actions.reminding import remind_offices, reminder_number
from rembuk.programs.actions.report import post_update
from rembuk.programs.actions.revise import revise_plan
from rembuk.programs.models import Milestone
from tests import people, scenes
from tests import program_scenes as programs
from tests.people import Person
from tests.programs.milestones import scenes as stones

DAY = timedelta(days=1)
END = stones.SURVEY[1]


def morning(day: date) -> datetime:
    """Six in the morning where the office is."""
    return datetime.combine(day, programs.MORNING.timetz()) - timedelta(hours=3)


def told(kind: str) -> Counter[int]:
    """How often each person was told of a kind."""
    return Counter(Notice.objects.filter(event__kind=f"program.{kind}").values_list("person_id", flat=True))


def quiet(row: Milestone, by: Person, day: date) -> None:
    """News of the day before, so that silence is not what is told."""
    post_update(row.phase, title="Kabar", body="Berjalan.", by=by, at=morning(day - DAY))


@pytest.mark.parametrize(
    ("late", "number"),
    [
        (-8, None),
        (-7, 0),
        (0, 0),
        (1, 1),
        (7, 1),
        (8, 2),
        (15, 3),
        (22, 4),
        (29, 5),
        (35, 5),
        (36, None),
        (400, None),
    ],
)
def test_reminder_number_by_days_late(late: int, number: int | None) -> None:
    assert reminder_number(END, END + late * DAY) == number


@given(st.integers(-30, 90))
def test_reminder_number_never_falls_while_days_pass(late: int) -> None:
    now, later = (reminder_number(END, END + days * DAY) for days in (late, late + 1))
    assert now is None or later is None or 0 <= later - now <= 1


@pytest.mark.django_db
def test_milestone_is_reminded_once_before_its_day_and_five_times_after() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by)
    for late in range(-20, 60):
        remind_offices(at=morning(END + late * DAY))
        remind_offices(at=morning(END + late * DAY))
    assert told("milestone_due") == {by.pk: 1}
    assert told("milestone_overdue") == {by.pk: 5}
    notice = Notice.objects.filter(event__kind="program.milestone_due").get()
    assert (notice.event.params["day"], notice.event.url) == (
        "28/02/2027",
        f"/kelola/program/{row.program.code}/tonggak/#tonggak-{row.public_id}",
    )


@pytest.mark.django_db
def test_milestone_of_another_office_reminds_that_office_too_with_the_public_page() -> None:
    place = scenes.regency()
    by, other = programs.manager(place), people.staff("program-manager", place.health)
    row = stones.planned(place, by, office=place.health)
    assert remind_offices(at=morning(END)) >= 2
    assert told("milestone_due") == {by.pk: 1, other.pk: 1}
    page = Notice.objects.get(event__kind="program.milestone_due", person_id=other.pk).event.url
    assert page == f"/program/{row.program.code}/"


@pytest.mark.django_db
def test_milestone_of_an_office_below_reminds_nobody_twice() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    stones.planned(place, by, office=place.roads)
    remind_offices(at=morning(END))
    assert told("milestone_due") == {by.pk: 1}


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["done", "dropped", "postponed", "draft"])
def test_milestone_that_is_settled_or_stands_still_reminds_nobody(how: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    row = stones.planned(place, by, is_public=how != "draft")
    if how == "done":
        stones.done(row, by)
    elif how == "dropped":
        drop_milestone(row, reason=programs.REASON, by=by)
    elif how == "postponed":
        postpone_program(row.program, reason=programs.REASON, by=by)
    remind_offices(at=morning(END + DAY))
    assert told("milestone_overdue") == {}


@pytest.mark.django_db
def test_milestone_under_way_is_reminded_and_again_after_a_revision() -> None:
    from rembuk.programs.actions.milestones.changing import Days

    place = scenes.regency()
    by = programs.manager(place)
    row = begin_milestone(stones.planned(place, by), by=by)
    remind_offices(at=morning(END))
    later = Days(stones.SURVEY[0], END + 30 * DAY)
    revise_plan(row.program, {}, milestones={row.public_id: later}, reason=programs.REASON, by=by)
    remind_offices(at=morning(END + DAY))
    assert told("milestone_overdue") == {}
    remind_offices(at=morning(END + 30 * DAY))
    assert told("milestone_due") == {by.pk: 2}


@pytest.mark.django_db
def test_phase_is_reminded_before_and_after_its_end_until_it_is_finished() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    end = programs.PLAN[1][1]
    assert end
    for late in range(-10, 40):
        remind_offices(at=morning(end + late * DAY))
    assert (told("phase_due"), told("phase_overdue")) == ({by.pk: 1}, {by.pk: 5})
    start_phase(programs.phase(program, 2), by=by, at=programs.MORNING)
    finish_phase(programs.phase(program, 2), by=by, at=programs.MORNING)
    remind_offices(at=morning(date(2027, 8, 31)))
    assert told("phase_due") == {by.pk: 1}


@pytest.mark.django_db
def test_programme_without_news_for_thirty_days_reminds_its_office_once_for_each_silence() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    remind_offices(at=programs.MORNING + 29 * DAY)
    assert told("silent") == {}
    for days in (30, 31, 45):
        remind_offices(at=programs.MORNING + days * DAY)
    assert told("silent") == {by.pk: 1}
    post_update(
        programs.phase(program, 1), title="Kabar", body="Berjalan.", by=by, at=programs.MORNING + 50 * DAY
    )
    remind_offices(at=programs.MORNING + 60 * DAY)
    assert told("silent") == {by.pk: 1}
    tasks.remind(timestamp=int((programs.MORNING + 81 * DAY).timestamp()))
    assert told("silent") == {by.pk: 2}


@pytest.mark.django_db
def test_reminders_of_an_office_nobody_works_in_tell_nobody() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    stones.planned(place, by)
    by.grants.all().delete()
    assert remind_offices(at=morning(END)) == 0
