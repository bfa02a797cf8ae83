"""Instants and dates in the zones of Indonesia."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from rembuk.common import clock

LATE = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(("zone", "day"), [("WIB", 24), ("WITA", 25), ("WIT", 25)])
def test_local_date_is_that_of_the_zone(zone: str, day: int) -> None:
    assert clock.local_date(LATE, clock.zone_named(zone)) == date(2026, 11, day)


def test_zone_of_another_name_is_refused() -> None:
    with pytest.raises(KeyError):
        clock.zone_named("UTC")


def test_instant_is_what_was_passed_or_now() -> None:
    with time_machine.travel(LATE, tick=False):
        assert (clock.instant(None), clock.now()) == (LATE, LATE)
    assert clock.instant(LATE) is LATE


def test_a_day_begins_and_ends_in_its_zone_and_the_last_day_of_all_ends_too() -> None:
    day = date(2026, 11, 28)
    assert clock.first_instant(day, clock.WIT) == datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert clock.last_instant(day, clock.WIT) == datetime(2026, 11, 28, 15, tzinfo=UTC)
    assert clock.last_instant(date.max, clock.WIT) > clock.first_instant(date.max, clock.WIT)
