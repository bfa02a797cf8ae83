"""The migrated template database of the suite, made once and reused until a migration or a seed changes; and the way back."""

from pathlib import Path

import psycopg
from django.db import connections

from rembuk.ops.migrating import migrate
from tests import database

SRC = Path(__file__).resolve().parents[1] / "src" / "rembuk"


def _fingerprint() -> str:
    watched = [
        *SRC.glob("*/migrations/*.*"),
        *SRC.glob("*/seed*.py"),
        SRC / "common/postgresql/operations.py",
        SRC / "ops/tables/grants.py",
        *SRC.glob("siteconfig/texts/*/*.md"),
    ]
    return database.fingerprint(
        path for path in watched if path.suffix in {".py", ".sql", ".md"} and path.is_file()
    )


def template(owner_url: str) -> str:
    """The name of a migrated and seeded database to copy from; made by whoever comes first."""
    return database.made_once(owner_url, f"template_{_fingerprint()}", _migrate)


def _migrate(name: str) -> None:
    connect_to(name)
    migrate(verbosity=0)
    disconnect()


def connect_to(name: str) -> None:
    """Point the application's and the owner's connection at a database."""
    disconnect()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


def disconnect() -> None:
    """Close both connections."""
    for alias in ("default", "owner"):
        connections[alias].close()


class Baseline:
    """The rows that a copy of the template begins with, and the way back to them after a test that commits.

    `server_url` is the superuser's address: only he may pass by triggers and foreign keys, so that each table is
    emptied and filled by itself. Emptying the filled tables takes a tenth of the time of a TRUNCATE of all.
    """

    def __init__(self, server_url: str, name: str) -> None:
        self._server = psycopg.connect(server_url, dbname=name, autocommit=True)
        self._server.execute("SET session_replication_role = replica")
        self._server.execute(
            "DELETE FROM audit_entry"
        )  # what seeding left: each test begins with an empty trail
        self._tables = [name for (name,) in self._server.execute(_TABLES).fetchall()]
        self._rows = {table: self._copied(table) for table in self._filled()}

    def restore(self) -> None:
        """Delete what a test left and put the first rows back; sequences go on, as in a site that lives."""
        with self._server.transaction():
            for table in self._filled():
                self._server.execute(f"DELETE FROM {table}")
            for table, rows in self._rows.items():
                with self._server.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)

    def close(self) -> None:
        """Leave the database, which can then be dropped."""
        self._server.close()

    def _filled(self) -> list[str]:
        asked = ", ".join(f"EXISTS (SELECT 1 FROM {table})" for table in self._tables)
        answers = self._server.execute(f"SELECT {asked}").fetchone()
        assert answers
        return [table for table, is_filled in zip(self._tables, answers, strict=True) if is_filled]

    def _copied(self, table: str) -> bytes:
        with self._server.cursor().copy(f"COPY {table} TO STDOUT") as copy:
            return b"".join(bytes(part) for part in copy)


_TABLES = """
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'django_migrations'
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
    ORDER BY 1
"""
