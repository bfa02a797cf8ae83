#!/usr/bin/env python3
"""Print what the migrations and the seeds make of an empty database, so that two states of the tree can be compared.

    tools/schema_dump.py > before.sql      on a server of its own, which is gone afterwards
    diff before.sql after.sql              nothing: both states make the same database

The definitions are those of ``pg_dump``, with columns in their order, owners, rights and storage settings. Then come the rows of
every table, without what differs from run to run (moments, random values, the list of migrations), and without the numbers that
Django gives its own permissions and kinds of content in the order of the models: nothing refers to them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from rembuk.runtime import localdb  # noqa: E402
from rembuk.runtime.places import LocalDatabase  # noqa: E402

# Newer versions of pg_dump put a random word around their output; comments name versions and count.
_NOISE = ("\\restrict", "\\unrestrict", "--")
_UNTOLD_TABLES = ("public.django_migrations",)
_UNNUMBERED_TABLES = ("auth_permission", "django_content_type")
_UNTOLD_TYPES = ("timestamp with time zone", "uuid")
_TABLES = """
    SELECT n.nspname || '.' || c.relname, n.nspname, c.relname,
        (SELECT array_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND format_type(a.atttypid, NULL) <> ALL (%s)
           AND NOT (c.relname = ANY (%s) AND a.attname IN ('id', 'content_type_id')))
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%%'
    ORDER BY 1
"""


def main() -> None:
    """Migrate, dump, and tell on the other channel how long the migrating took."""
    with tempfile.TemporaryDirectory(prefix="rembuk-schema-") as folder:
        var = Path(folder)
        database = localdb.ensure_running(var, durable=False)
        try:
            began = time.monotonic()
            migrate(var)
            print(f"Migrated in {time.monotonic() - began:.1f} s.", file=sys.stderr)
            print("\n".join([*definitions(database), *rows(database)]))
        finally:
            localdb.destroy(var)


def migrate(var: Path) -> None:
    """Bring the private database of this ``var/`` to the state of the tree, as an operator does."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("REMBUK_", "DATABASE_"))
    }
    subprocess.run(
        [sys.executable, "-m", "rembuk.ops", "migrate"],
        env={**kept, "PYTHONPATH": str(ROOT / "src"), "REMBUK_VAR": str(var), "REMBUK_ENV": "demo"},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def definitions(database: LocalDatabase) -> list[str]:
    """The lines of ``pg_dump --schema-only`` that say something."""
    done = subprocess.run(
        [database.binaries.program("pg_dump"), "--schema-only", f"--dbname={database.owner_url}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in done.stdout.splitlines() if line.strip() and not line.startswith(_NOISE)]


def rows(database: LocalDatabase) -> list[str]:
    """Each table with its number of rows and the rows in the order of their text."""
    with psycopg.connect(database.owner_url) as owner:
        tables = owner.execute(_TABLES, [list(_UNTOLD_TYPES), list(_UNNUMBERED_TABLES)]).fetchall()
        return [
            line
            for told, schema, name, columns in tables
            if told not in _UNTOLD_TABLES
            for line in _rows_of(owner, sql.Identifier(schema, name), told, columns)
        ]


def _rows_of(owner: psycopg.Connection, table: sql.Identifier, told: str, columns: list[str]) -> list[str]:
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    asked = sql.SQL("SELECT to_json(t)::text FROM (SELECT {} FROM {}) t").format(named, table)
    found = sorted(row for (row,) in owner.execute(asked).fetchall())
    return [f"{told}: {len(found)}", *(f"    {row}" for row in found)]


if __name__ == "__main__":
    main()
