"""What the planner knows of expressions that have an index, such as titles in small letters."""

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

# Statistics of an expression come with the first ANALYZE after its index; a table that grows slowly waits for it for months,
# and until then the planner takes every word for rare.
_UNKNOWN = """
    SELECT DISTINCT t.relname
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    WHERE x.indexprs IS NOT NULL AND t.relkind = 'r' AND t.reltuples <> 0
      AND t.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_stats s WHERE s.schemaname = 'public' AND s.tablename = i.relname)
    ORDER BY 1
"""


def analyze_expressions(owner: BaseDatabaseWrapper) -> list[str]:
    """Count anew the tables with an indexed expression nothing is known of; returns their names. Writes on them go on."""
    with owner.cursor() as cursor:
        cursor.execute(_UNKNOWN)
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(name)).as_string(cursor.connection))
    return names
