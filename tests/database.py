"""The real PostgreSQL of the suite: a private server of its own, fast because a power cut may destroy it."""

import fcntl
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
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


def made_once(owner_url: str, name: str, fill: Callable[[str], None]) -> str:
    """A database to copy from: made as a draft, filled by ``fill`` (which gets the draft's name) and then called so, once."""
    with locked(server_var() / f"{name}.lock"), psycopg.connect(owner_url, autocommit=True) as owner:
        if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            draft = f"{name}_draft"
            create_test_database(owner_url, draft)
            fill(draft)
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
            )
    return name


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """One process of all at a time."""
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def fingerprint(files: Iterable[Path]) -> str:
    """A short hash of what stands in the files."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def names_like(owner_url: str, pattern: str) -> list[str]:
    """The databases of the server whose names are LIKE the pattern."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        rows = owner.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
        return [name for (name,) in rows]


def drop_test_database(owner_url: str, name: str) -> None:
    """Drop the database, ending what is connected to it."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def address_of(url: str, name: str) -> str:
    """Return the same address for another database of that server."""
    before, slash, after = url.partition("@")[2].partition("/")
    query = after.partition("?")[2]
    return f"{url.partition('@')[0]}@{before}{slash}{name}{'?' if query else ''}{query}"
