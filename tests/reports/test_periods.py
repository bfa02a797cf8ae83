"""Quarters and years: their days, their instants where the office is, their codes."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.common.clock import WIB, WIT
from rembuk.reports.periods import QUARTERS, Period, period_on


@pytest.mark.parametrize(
    ("quarter", "first", "last", "code", "label"),
    [
        (1, date(2026, 1, 1), date(2026, 3, 31), "2026-TW1", "Triwulan I 2026"),
        (2, date(2026, 4, 1), date(2026, 6, 30), "2026-TW2", "Triwulan II 2026"),
        (3, date(2026, 7, 1), date(2026, 9, 30), "2026-TW3", "Triwulan III 2026"),
        (4, date(2026, 10, 1), date(2026, 12, 31), "2026-TW4", "Triwulan IV 2026"),
        (None, date(2026, 1, 1), date(2026, 12, 31), "2026", "Tahun 2026"),
    ],
)
def test_period_has_its_days(quarter: int | None, first: date, last: date, code: str, label: str) -> None:
    found = Period(2026, quarter)
    assert (found.starts_on, found.ends_on, found.code, found.label) == (first, last, code, label)


def test_period_begins_and_ends_at_midnight_of_the_office() -> None:
    assert Period(2026, 3).since(WIB) == datetime(2026, 6, 30, 17, tzinfo=UTC)
    assert Period(2026, 3).until(WIT) == datetime(2026, 9, 30, 15, tzinfo=UTC)


@given(st.integers(2000, 2100))
def test_quarters_of_a_year_meet_without_gap_and_make_the_year(year: int) -> None:
    quarters = [Period(year, number) for number in QUARTERS]
    assert quarters[0].starts_on == Period(year).starts_on
    assert quarters[-1].ends_on == Period(year).ends_on
    for before, after in pairwise(quarters):
        assert after.starts_on - before.ends_on == timedelta(days=1)
        assert after.since(WIB) == before.until(WIB)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_day_lies_in_its_quarter(day: date) -> None:
    found = period_on(day)
    assert found.starts_on <= day <= found.ends_on
