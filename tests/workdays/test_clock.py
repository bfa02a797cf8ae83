"""Deadlines in working days, checked against the calendar of 2026 by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rembuk.common.clock import WIB, WIT
from rembuk.regions.models import Kind, Level, Region
from rembuk.workdays import clock
from rembuk.workdays.clock import Remaining
from rembuk.workdays.models import Holiday, HolidayKind


def _wib(month: int, day: int, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=WIB)


def _end(month: int, day: int) -> datetime:
    return _wib(month, day, 23, 59, 59)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (_wib(11, 24), 3, _end(11, 27)),  # Tuesday to Friday
        (_wib(11, 26), 3, _end(12, 1)),  # over a weekend
        (_wib(11, 28), 1, _end(11, 30)),  # sent on a Saturday
        (_wib(3, 17, 15), 3, _end(3, 27)),  # Nyepi, Lebaran and collective leave
        (_wib(12, 23, 23, 59), 1, _end(12, 28)),  # leave on 24, Christmas, weekend
        (_wib(11, 24), 0, _end(11, 24)),
        (_wib(11, 28), 0, _end(11, 30)),
    ],
)
def test_add_working_days_ends_with_the_day(start: datetime, days: int, due: datetime) -> None:
    assert clock.add_working_days(start, days) == due


@pytest.mark.django_db
def test_add_working_days_counts_the_day_in_the_zone_of_the_office() -> None:
    late_on_monday_utc = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)  # Tuesday 01.00 WIT
    assert clock.add_working_days(late_on_monday_utc, 1, WIT) == datetime(
        2026, 11, 25, 23, 59, 59, tzinfo=WIT
    )


@pytest.mark.django_db
def test_add_working_days_respects_a_holiday_of_the_region_only_there() -> None:
    Region.objects.create(code="51", name="Bali", full_name="Bali", level=Level.PROVINCE, kind=Kind.PROVINCE)
    Holiday.objects.create(on=date(2026, 11, 25), name="Galungan", region_id="51", kind=HolidayKind.PUBLIC)
    here = clock.add_working_days(_wib(11, 24), 1, region="51.03.01")
    elsewhere = clock.add_working_days(_wib(11, 24), 1, region="32")
    assert (here, elsewhere) == (_end(11, 26), _end(11, 25))


@pytest.mark.django_db
@pytest.mark.parametrize("days", [1, 3, 14, 60])
def test_working_days_between_start_and_its_deadline_are_those_added(days: int) -> None:
    start = _wib(3, 2)
    due = clock.add_working_days(start, days)
    assert clock.working_days_between(start, due) == days
    assert clock.working_days_between(due, start) == -days


@pytest.mark.django_db
def test_working_days_between_are_those_that_walking_day_by_day_meets() -> None:
    Region.objects.create(code="51", name="Bali", full_name="Bali", level=Level.PROVINCE, kind=Kind.PROVINCE)
    Holiday.objects.create(on=date(2026, 11, 25), name="Galungan", region_id="51", kind=HolidayKind.PUBLIC)
    Holiday.objects.create(on=date(2026, 11, 28), name="Saraswati", region_id="51", kind=HolidayKind.PUBLIC)
    for first in range(7):
        start = _wib(1, 5) + timedelta(days=first)
        met = 0
        for step in range(1, 500):
            day = start + timedelta(days=step)
            met += clock.is_working_day(day.date(), "51.03")
            assert clock.working_days_between(start, day, region="51.03") == met
    assert 310 < met < 499 * 5 // 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "left"),
    [
        (_wib(11, 24), Remaining(3, overdue=False)),
        (_wib(11, 27, 23, 59, 59), Remaining(0, overdue=False)),
        (_wib(11, 28), Remaining(0, overdue=True)),  # a Saturday: late, by no working day yet
        (_wib(12, 1), Remaining(2, overdue=True)),
    ],
)
def test_remaining_until_friday(at: datetime, left: Remaining) -> None:
    assert clock.remaining(_end(11, 27), at) == left


def test_add_hours_runs_on_holidays() -> None:
    assert clock.add_hours(_wib(12, 24), 72) == _wib(12, 27)
