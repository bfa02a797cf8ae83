"""The real PostgreSQL of the suite: a private server of its own, fast because a power cut may destroy it."""

from pathlib import Path

import psycopg
from psycopg import sql

from rembuk.runtime import env, localdb
from rembuk.runtime.places import LocalDatabase


def server_var() -> Path:
    """Return the directory of the test server, beside the data of the demo and never in it."""
    return env.load().var / "test-server"


def start_test_server() -> LocalDatabase:
    """Start the suite's server or attach to it; it ends by itself when the last test process is gone."""
    var = server_var()
    (var.parent / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
    return localdb.ensure_running(var, durable=False)


def create_test_database(owner_url: str, name: str, template: str = "template1") -> str:
    """Create an empty (or copied) database in place of one of that name; return the owner's address of it."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    return address_of(owner_url, name)


def drop_test_database(owner_url: str, name: str) -> None:
    """Drop the database, ending what is connected to it."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def address_of(url: str, name: str) -> str:
    """Return the same address for another database of that server."""
    before, slash, after = url.partition("@")[2].partition("/")
    query = after.partition("?")[2]
    return f"{url.partition('@')[0]}@{before}{slash}{name}{'?' if query else ''}{query}"
