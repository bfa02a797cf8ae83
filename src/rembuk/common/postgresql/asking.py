"""Conditions that PostgreSQL is to answer in a certain way."""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.lookups import IsNull


def exists_row_by_row(rows: QuerySet[Any], field: str = "pk") -> IsNull:
    """What ``Exists`` says, asked of one row after the other.

    Beside an OR, PostgreSQL may read the whole table of an ``Exists`` first, limit or not; of a single value it never
    does. ``field`` is one that is not null in these rows.
    """
    return IsNull(Subquery(rows.order_by().values(field)[:1]), False)
