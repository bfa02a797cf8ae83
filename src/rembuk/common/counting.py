"""Counting what may be very much: exactly up to a bound, so that no count costs more as the site grows."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

MOST = 500
"""What is more is shown as more than so many."""


def counted(rows: QuerySet[Any, Any]) -> int:
    """How many rows there are; ``MOST`` + 1 says that there are more."""
    return rows.order_by()[: MOST + 1].count()


def counted_with_late(rows: QuerySet[Any, Any], due: str, at: datetime) -> tuple[int, int]:
    """How many of the first ``MOST`` + 1 rows there are, and how many of these were due before ``at``; in one query.

    In an order that begins with what is due first, the second is exact up to the bound, too.
    """
    found = rows[: MOST + 1].aggregate(all=Count("pk"), late=Count("pk", filter=Q(**{f"{due}__lt": at})))
    return found["all"], found["late"]
