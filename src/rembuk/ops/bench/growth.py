"""Memory of the processes and disk of the tables."""

from collections.abc import Iterator

from rembuk.ops.bench import processes
from rembuk.ops.bench.server import Served
from rembuk.ops.bench.sites import Site
from rembuk.ops.bench.table import Row, megabytes

MOST_TABLES = 12
_SIZES = """
    SELECT coalesce(pg_partition_root(class.oid), class.oid)::regclass::text, sum(pg_total_relation_size(class.oid))::bigint
    FROM pg_class class
    JOIN pg_namespace place ON place.oid = class.relnamespace
    WHERE class.relkind = 'r' AND place.nspname NOT IN ('pg_catalog', 'information_schema')
    GROUP BY 1 ORDER BY 2 DESC LIMIT %s
"""
_WHOLE = "SELECT pg_database_size(current_database())"
_MB = 1_000_000


def memory_rows(web: Served, worker: Served) -> Iterator[Row]:
    """What the programs hold after all they were asked for."""
    yield megabytes("memory of the web processes", processes.memory_mb(web.pids), "after the load, PSS")
    yield megabytes("memory of the worker", processes.memory_mb(worker.pids), "after the load, PSS")


def size_rows(site: Site) -> Iterator[Row]:
    """The database and its largest tables, with indexes."""
    with site.connect() as connection:
        whole = connection.execute(_WHOLE).fetchall()[0][0]
        tables = connection.execute(_SIZES, [MOST_TABLES]).fetchall()
    yield megabytes(f"database, N = {site.scale:g}", whole / _MB)
    for name, size in tables:
        yield megabytes(f"{name}, N = {site.scale:g}", size / _MB, f"{size / whole:.0%} of the database")
