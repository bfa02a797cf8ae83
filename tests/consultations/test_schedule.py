"""The stage by the clock: opening is in, closing is out, and nobody is ever neither."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.consultations import schedule
from rembuk.consultations.schedule import Stage
from rembuk.consultations.states import State

OPENS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=14)
TICK = timedelta(microseconds=1)


def _made(state: str, *, has_answers: bool = False) -> SimpleNamespace:
    return SimpleNamespace(
        state=state, opens_at=OPENS, closes_at=CLOSES, has_answers=has_answers, ended_at=None
    )


@pytest.mark.parametrize(
    ("ended_at", "expected"), [(OPENS - TICK, False), (OPENS, True), (CLOSES - TICK, True), (None, False)]
)
def test_cancelled_has_opened_only_when_it_ended_after_the_opening(
    ended_at: datetime | None, *, expected: bool
) -> None:
    made = _made(State.CANCELLED)
    made.ended_at = ended_at
    assert schedule.has_opened(made, CLOSES) is expected
    made.opens_at = None
    assert schedule.has_opened(made, CLOSES) is False


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (OPENS - TICK, Stage.ANNOUNCED),
        (OPENS, Stage.OPEN),
        (CLOSES - TICK, Stage.OPEN),
        (CLOSES, Stage.CLOSED),
    ],
)
@pytest.mark.parametrize("state", [State.SCHEDULED, State.OPEN, State.CLOSED])
def test_stage_follows_the_clock_whatever_is_stored(state: str, at: datetime, expected: Stage) -> None:
    assert schedule.stage(_made(state), at) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DRAFT, Stage.DRAFT),
        (State.CANCELLED, Stage.CANCELLED),
        (State.CONCLUDED, Stage.CONCLUDED),
    ],
)
def test_stage_of_what_has_no_clock(state: str, expected: Stage) -> None:
    assert schedule.stage(_made(state), OPENS) == expected


def test_stage_after_closing_says_that_answers_come() -> None:
    assert schedule.stage(_made(State.CLOSED, has_answers=True), CLOSES) == Stage.ANSWERING
    assert schedule.stage(_made(State.OPEN, has_answers=True), CLOSES - TICK) == Stage.OPEN


@given(st.integers(-(10**13), 10**13))
def test_every_instant_is_before_in_or_after(offset: int) -> None:
    at, made = OPENS + timedelta(microseconds=offset), _made(State.OPEN)
    assert schedule.is_open(made, at) == (OPENS <= at < CLOSES)
    assert schedule.has_opened(made, at) == (at >= OPENS)
    assert schedule.is_over(made, at) == (at >= CLOSES)
