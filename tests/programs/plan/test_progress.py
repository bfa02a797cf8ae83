"""Shares add up to 100.00; progress is the sum of the shares of what is done.

Hand-computed examples: the fixed formula 0/100 (PMI, Practice Standard for Earned Value Management) over the
largest remainder method of Hare (M. Balinski and H. P. Young, Fair Representation).
"""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rembuk.programs.plan.progress import (
    Progress,
    Stone,
    by_phase,
    marks,
    overdue_days,
    progress,
    reached,
    shares,
    shares_of,
)
from tests.programs.plan.stones import DAYS, UNHURRIED, WEIGHTS, stone, stones

# Land 10, foundation 20, structure 50, finishing 20: shares are the weights. The structure was to be ready in July.
BUILDING = [
    stone(1, "10", date(2027, 2, 28), done_on=date(2027, 2, 20)),
    stone(2, "20", date(2027, 4, 30), done_on=date(2027, 5, 10)),
    stone(3, "50", date(2027, 9, 30), first_ends_on=date(2027, 7, 31)),
    stone(4, "20", date(2027, 12, 15), phase=3),
]


def test_shares_of_three_equal_weights_give_the_first_the_missing_hundredth() -> None:
    assert shares([Decimal(1)] * 3) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_shares_round_where_most_was_lost() -> None:
    # Exactly 14.2857…, 28.5714…, 57.1428…: 99.99 rounded down; the first lost 0.57 of a hundredth, the most.
    assert shares([Decimal(1), Decimal(2), Decimal(4)]) == [Decimal(x) for x in ("14.29", "28.57", "57.14")]


def test_shares_that_lost_the_same_go_to_the_earlier() -> None:
    # Of 96: 4.1666… and 60.4166… and 35.4166… all lost exactly two thirds of a hundredth; two hundredths are missing.
    weights = [Decimal(x) for x in ("0.04", "0.58", "0.34")]
    assert shares(weights) == [Decimal(x) for x in ("4.17", "60.42", "35.41")]


def test_shares_of_nothing_are_none() -> None:
    assert shares([]) == []


@given(st.lists(WEIGHTS, min_size=1, max_size=40))
def test_shares_add_up_to_100_and_stay_within_a_hundredth(weights: list[Decimal]) -> None:
    found = shares(weights)
    assert sum(found) == Decimal("100.00")
    total = sum(weights)
    assert all(abs(s - w * 100 / total) < Decimal("0.01") for s, w in zip(found, weights, strict=True))


@given(st.lists(WEIGHTS, min_size=2, max_size=40))
def test_a_heavier_milestone_never_has_the_smaller_share(weights: list[Decimal]) -> None:
    pairs = sorted(zip(weights, shares(weights), strict=True), key=lambda pair: pair[0])
    for (light, small), (heavy, big) in pairwise(pairs):
        assert small <= big + (Decimal("0.01") if light == heavy else 0)


def test_progress_follows_the_fixed_formula() -> None:
    # At the end of 31 August: planned land and foundation, 30; by the first plan the structure too, 80; done 30.
    assert progress(BUILDING, date(2027, 8, 31)) == Progress(Decimal(30), Decimal(30), Decimal(80))
    found = progress(BUILDING, date(2027, 5, 1))
    assert found is not None
    # The foundation was due the day before and ready nine days later.
    assert (found.deviation, found.first_deviation) == (Decimal(-20), Decimal(-20))


def test_progress_counts_the_day_itself() -> None:
    found = progress(BUILDING, date(2027, 2, 28))
    assert found is not None
    assert (found.planned, found.actual) == (Decimal(10), Decimal(10))


def test_progress_without_milestones_is_no_figure() -> None:
    assert progress([], date(2027, 1, 1)) is None
    assert progress([stone(1, "5", date(2027, 2, 1), is_dropped=True)], date(2027, 1, 1)) is None


def test_progress_of_a_draft_has_no_first_plan() -> None:
    rows = [stone(1, "1", date(2027, 2, 1), first_weight=None, first_ends_on=None)]
    found = progress(rows, date(2027, 3, 1))
    assert found == Progress(Decimal(100), Decimal(0), None)
    assert found.first_deviation is None


def test_a_dropped_milestone_leaves_the_current_plan_and_stays_in_the_first() -> None:
    rows = [stone(1, "1", date(2027, 2, 1)), stone(2, "1", date(2027, 2, 1), is_dropped=True)]
    assert shares_of(rows) == {1: Decimal(100)}
    assert [mark.weight for mark in marks(rows).first.marks] == [Decimal(1), Decimal(1)]
    assert progress(rows, date(2027, 2, 1)) == Progress(Decimal(100), Decimal(0), Decimal(100))


def test_equal_weights_never_put_a_programme_a_hundredth_behind() -> None:
    # Shares are shown as 33.34, 33.33 and 33.33; whichever of the three is done, a third is a third.
    ends = [date(2027, 2, 1), date(2027, 12, 1), date(2027, 12, 1)]
    for done in range(3):
        rows = [
            stone(key, "1", end, done_on=date(2027, 1, 15) if key == done else None)
            for key, end in enumerate(ends)
        ]
        assert progress(rows, date(2027, 3, 1)) == Progress(*[Decimal("33.33")] * 3)


@UNHURRIED
@given(stones(least=1), DAYS)
def test_progress_is_within_half_a_hundredth_of_the_exact_sum(rows: list[Stone], on: date) -> None:
    found = progress(rows, on)
    counted = [row for row in rows if not row.is_dropped]
    if found is None:
        assert not counted
        return
    due = sum((row.weight for row in counted if row.ends_on <= on), Decimal(0))
    exact = due * 100 / sum(row.weight for row in counted)
    assert abs(found.planned - exact) <= Decimal("0.005")


def test_progress_of_phases_counts_within_each() -> None:
    # Phase 2 has 10, 20 and 50 of 80: 12.5, 25 and 62.5 per cent; phase 3 one milestone not due.
    assert by_phase(BUILDING, date(2027, 5, 31)) == {
        2: Progress(Decimal("37.5"), Decimal("37.5"), Decimal("37.5")),
        3: Progress(Decimal(0), Decimal(0), Decimal(0)),
    }


def test_progress_of_phases_leaves_out_those_without_milestones_that_count() -> None:
    rows = [*BUILDING, stone(9, "3", date(2027, 2, 1), phase=1, is_dropped=True)]
    assert set(by_phase(rows, date(2027, 5, 31))) == {2, 3}


def test_overdue_days_count_from_the_planned_end_and_stop_when_done_or_dropped() -> None:
    end = date(2027, 2, 1)
    rows = [
        stone(1, "1", end),
        stone(1, "1", end, done_on=date(2027, 3, 1)),
        stone(1, "1", end, is_dropped=True),
    ]
    assert [overdue_days(row, date(2027, 2, 8)) for row in rows] == [7, 0, 0]
    assert overdue_days(rows[0], end) == 0


@UNHURRIED
@given(stones(), DAYS, DAYS)
def test_progress_never_falls_and_stays_within_0_and_100(rows: list[Stone], one: date, other: date) -> None:
    early, late = (progress(rows, day) for day in sorted([one, other]))
    if early is None or late is None:
        assert all(row.is_dropped for row in rows)
        return
    assert 0 <= early.planned <= late.planned <= 100
    assert 0 <= early.actual <= late.actual <= 100
    assert (early.first is None) == (late.first is None)


@UNHURRIED
@given(stones(least=1))
def test_every_plan_reaches_exactly_100_at_its_end(rows: list[Stone]) -> None:
    found = marks(rows)
    for plan in (found.planned, found.first):
        assert reached(plan, date.max) == (100 if plan else 0)
