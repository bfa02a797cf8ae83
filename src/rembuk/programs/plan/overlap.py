"""Phases of one kind never overlap: what the database refuses too, found before it does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Span:
    """A phase by its number with its kind and its planned days, both included."""

    number: int
    kind: str
    starts_on: date | None
    ends_on: date | None


def overlapping(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The pairs of phases of one kind that share a day, by number; those without both dates share none."""
    dated = [span for span in spans if span.starts_on is not None and span.ends_on is not None]
    return [
        (one.number, other.number)
        for one, other in combinations(_in_order(dated), 2)
        if one.kind == other.kind and _share_a_day(one, other)
    ]


def _in_order(spans: Sequence[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: span.number)


def _share_a_day(one: Span, other: Span) -> bool:
    days = (one.starts_on, one.ends_on, other.starts_on, other.ends_on)
    first_on, first_to, second_on, second_to = (day or date.min for day in days)
    return first_on <= second_to and second_on <= first_to
