"""After a migration the planner knows how rare the words of an indexed expression are, without waiting for autovacuum."""

import pytest
from django.db import connections

from rembuk.ops.tables import statistics

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
_TABLE = """
    CREATE TABLE probe AS SELECT 'Jalan ' || (number % 4) AS title FROM generate_series(1, 400) number;
    ANALYZE probe;
    CREATE INDEX probe_lower ON probe (lower(title));
"""


def _planned(word: str) -> int:
    """How many rows the planner expects."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT FROM probe WHERE lower(title) = %s", [word])
        return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])


def test_expression_that_is_indexed_is_counted_once() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(_TABLE)
    assert _planned("jalan 1") == 2
    assert "probe" in statistics.analyze_expressions(connections["owner"])
    assert _planned("jalan 1") == 100
    assert statistics.analyze_expressions(connections["owner"]) == []
