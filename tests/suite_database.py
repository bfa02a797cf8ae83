"""The migrated template database of the suite, made once and reused until a migration or a seed changes."""

import fcntl
import hashlib
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql

from rembuk.audit.roles import EMPTY_FOR_TESTS
from rembuk.ops.migrating import migrate
from rembuk.ops.seeding import seed_reference
from tests import database

SRC = Path(__file__).resolve().parents[1] / "src" / "rembuk"


def _fingerprint() -> str:
    digest = hashlib.sha256()
    watched = [
        *SRC.glob("*/migrations/*.*"),
        *SRC.glob("*/seed*.py"),
        SRC / "common/postgresql/operations.py",
        SRC / "ops/tables/grants.py",
        *SRC.glob("siteconfig/texts/*/*.md"),
    ]
    for path in sorted(path for path in watched if path.suffix in {".py", ".sql", ".md"} and path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def template(owner_url: str) -> str:
    """The name of a migrated and seeded database to copy from; made under a lock by whoever comes first."""
    name = f"template_{_fingerprint()}"
    lock = database.server_var() / "template.lock"
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with psycopg.connect(owner_url, autocommit=True) as owner:
            known = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            _make(owner_url, name)
    return name


def _make(owner_url: str, name: str) -> None:
    draft = f"{name}_draft"
    database.create_test_database(owner_url, draft)
    connect_to(draft)
    migrate(verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            sql.SQL("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {}")
            .format(sql.Identifier(connections["default"].settings_dict["USER"]))
            .as_string(None)
        )
        cursor.execute(
            "REVOKE TRUNCATE ON audit_entry FROM {}".format(connections["default"].settings_dict["USER"])
        )
    disconnect()
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
        )


def connect_to(name: str) -> None:
    """Point the application's and the owner's connection at a database."""
    disconnect()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


def disconnect() -> None:
    """Close both connections."""
    for alias in ("default", "owner"):
        connections[alias].close()


def restore() -> None:
    """Put back reference rows and empty the trail, after a test that emptied the tables."""
    with connections["owner"].cursor() as cursor:
        for statement in EMPTY_FOR_TESTS:
            cursor.execute(statement)
    seed_reference()
    connections["owner"].close()
