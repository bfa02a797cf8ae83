"""Counting what may be very much: exactly up to a bound, so that no count costs more as the site grows."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db.models import Count, Func, IntegerField, Q, QuerySet, Value

MOST = 500
"""What is more is shown as more than so many."""
KEEP_SECONDS = 60
"""So long what was more is taken to be more still, where it has a mark."""


def counted(rows: QuerySet[Any, Any], mark: str = "", *, along: Sequence[str] = ()) -> int:
    """How many rows there are; ``MOST`` + 1 says that there are more.

    ``along`` is an order that an index serves, where finding them all would cost more than going through the first.
    ``mark`` tells what is counted, for whom and with which filters. That there were more is then kept for a minute in this
    process, so that a large site does not count to the bound for every page; what is within the bound is counted each time.
    """
    if _was_more(mark):
        return MOST + 1
    found = rows.order_by(*along)[: MOST + 1].count()
    _remember(mark, found)
    return found


def counted_in_place(rows: QuerySet[Any, Any]) -> Func:
    """The count of rows that refer to an outer row, for an annotation: like ``counted``, for many at once."""
    some = ArraySubquery(rows.order_by().values_list(Value(1))[: MOST + 1])
    return Func(some, function="cardinality", output_field=IntegerField())


def counted_beyond(shown: Sequence[Any], rows: QuerySet[Any, Any], mark: str = "", *, are_all: bool) -> int:
    """How many rows there are of which those shown were read already: where these are all, nothing has to be counted."""
    return len(shown) if are_all else counted(rows, mark)


def counted_with_late(rows: QuerySet[Any, Any], due: str, at: datetime, mark: str = "") -> tuple[int, int]:
    """How many of the first ``MOST`` + 1 rows there are, and how many of these were due before ``at``; at most one query.

    In an order that begins with what is due first, the second is exact up to the bound, too. ``mark`` as with ``counted``.
    """
    late_mark = mark and f"{mark}:late"
    late_rows = Q(**{f"{due}__lt": at})
    if _was_more(mark):
        return MOST + 1, counted(rows.filter(late_rows), late_mark)
    found = rows[: MOST + 1].aggregate(all=Count("pk"), late=Count("pk", filter=late_rows))
    _remember(mark, found["all"])
    _remember(late_mark, found["late"])
    return found["all"], found["late"]


def _was_more(mark: str) -> bool:
    return bool(mark) and caches["memory"].get(_key(mark)) == MOST


def _remember(mark: str, found: int) -> None:
    if mark and found > MOST:
        caches["memory"].set(_key(mark), MOST, KEEP_SECONDS)


def _key(mark: str) -> str:
    """A mark holds filters as they were typed: any length, any letters."""
    return f"more:{sha256(mark.encode()).hexdigest()}"
