"""Shares and progress from weighted milestones: nobody types a percentage.

A milestone counts nothing until it is done and then its whole share: the fixed formula 0/100 of earned value
management (PMI, Practice Standard for Earned Value Management, "Fixed Formula"). Shares are shown in per cent with
two places and add up to exactly 100.00, whatever the weights are. Progress is the rounded sum of the exact shares:
milestones of equal weight then never put a programme a hundredth behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

WHOLE = Decimal("100.00")
NONE = Decimal("0.00")
_STEP = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stone:
    """What the arithmetic needs of a milestone.

    ``first_*`` is the plan as first published, absent in a draft. ``done_on`` is set while it is done. A dropped
    one stays in the first plan and leaves the current one.
    """

    key: int
    phase: int
    weight: Decimal
    starts_on: date
    ends_on: date
    first_weight: Decimal | None = None
    first_starts_on: date | None = None
    first_ends_on: date | None = None
    started_on: date | None = None
    done_on: date | None = None
    is_dropped: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Per cent of 100 on a day; ``first`` is ``None`` before there is a first plan."""

    planned: Decimal
    actual: Decimal
    first: Decimal | None = None

    @property
    def deviation(self) -> Decimal:
        """Points ahead of the current plan, negative when behind."""
        return self.actual - self.planned

    @property
    def first_deviation(self) -> Decimal | None:
        """Points ahead of the first plan, negative when behind."""
        return None if self.first is None else self.actual - self.first


@dataclass(frozen=True, slots=True)
class Mark:
    """A weight that falls due, or was reached, on a day."""

    on: date
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """What falls due, or was reached, by day, out of a total weight."""

    marks: tuple[Mark, ...]
    total: Decimal

    def __bool__(self) -> bool:
        return bool(self.marks)


@dataclass(frozen=True, slots=True)
class Marks:
    """The plans of a programme, or of one of its phases, and what was reached of the current one."""

    planned: Line
    actual: Line
    first: Line


def shares(weights: Sequence[Decimal]) -> list[Decimal]:
    """The share of each weight in per cent, two places, adding up to exactly 100.00; of none, none.

    Largest remainder (Hare): all are rounded down, and what is missing goes, a hundredth each, to those that
    lost most; among equals to the earlier one. Weights are positive.
    """
    total = sum(weights, Decimal(0))
    # Hundredths and what is left over, both exact: a rounded quotient would decide between equals by chance.
    parts = [divmod(weight * WHOLE / _STEP, total) for weight in weights]
    floors = [whole * _STEP for whole, _rest in parts]
    missing = int((WHOLE - sum(floors, Decimal(0))) / _STEP) if weights else 0
    losers = sorted(range(len(parts)), key=lambda place: -parts[place][1])[:missing]
    return [floor + _STEP if place in losers else floor for place, floor in enumerate(floors)]


def shares_of(stones: Iterable[Stone]) -> dict[int, Decimal]:
    """The share of each milestone of the current plan in its programme, by key; dropped ones have none."""
    counted = [stone for stone in stones if not stone.is_dropped]
    return dict(zip((stone.key for stone in counted), shares([s.weight for s in counted]), strict=True))


def marks(stones: Sequence[Stone]) -> Marks:
    """On which days which weights fall due by the current and the first plan, and were reached."""
    counted = [stone for stone in stones if not stone.is_dropped]
    total = sum((stone.weight for stone in counted), Decimal(0))
    first = tuple(
        Mark(stone.first_ends_on, stone.first_weight)
        for stone in stones
        if stone.first_weight is not None and stone.first_ends_on is not None
    )
    return Marks(
        planned=Line(tuple(Mark(stone.ends_on, stone.weight) for stone in counted), total),
        actual=Line(
            tuple(Mark(stone.done_on, stone.weight) for stone in counted if stone.done_on is not None), total
        ),
        first=Line(first, sum((mark.weight for mark in first), Decimal(0))),
    )


def reached(line: Line, on: date) -> Decimal:
    """Per cent of the total that counts by the end of a day, rounded once, half up, to two places."""
    if not line.total:
        return NONE
    counted = sum((mark.weight for mark in line.marks if mark.on <= on), Decimal(0))
    return (counted * WHOLE / line.total).quantize(_STEP, ROUND_HALF_UP)


def progress(stones: Sequence[Stone], on: date) -> Progress | None:
    """Where the plan stands at the end of a day; ``None`` without milestones that count (never 0 per cent)."""
    found = marks(stones)
    if not found.planned:
        return None
    return Progress(
        planned=reached(found.planned, on),
        actual=reached(found.actual, on),
        first=reached(found.first, on) if found.first else None,
    )


def by_phase(stones: Sequence[Stone], on: date) -> dict[int, Progress]:
    """The same within each phase, by its number; phases without milestones that count are absent."""
    found = {number: _of_phase(stones, number, on) for number in sorted({stone.phase for stone in stones})}
    return {number: value for number, value in found.items() if value is not None}


def overdue_days(stone: Stone, on: date) -> int:
    """Whole days a milestone is past its current planned end; 0 when done, dropped, or not due yet."""
    if stone.done_on is not None or stone.is_dropped:
        return 0
    return max(0, (on - stone.ends_on).days)


def _of_phase(stones: Sequence[Stone], number: int, on: date) -> Progress | None:
    return progress([stone for stone in stones if stone.phase == number], on)
