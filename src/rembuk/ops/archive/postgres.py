"""Runs `pg_dump` and `pg_restore` of the server's own major; passwords never stand in a command line."""

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from rembuk.runtime import binaries


class PostgresFailed(RuntimeError):
    """A program of PostgreSQL failed; the message is what it printed."""


def server_major(url: str) -> int:
    """Return the major version of the server at that address."""
    with psycopg.connect(url) as connection:
        return connection.info.server_version // 10000


def dump(url: str, target: Path) -> None:
    """Write the whole database in PostgreSQL's own compressed format."""
    _run(url, "pg_dump", "--format=custom", f"--file={target}")


def restore(url: str, source: Path) -> None:
    """Put a dump into a database without tables, in one transaction, as the role of the address."""
    _run(
        url,
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--no-comments",
        "--single-transaction",
        "--exit-on-error",
        str(source),
    )


def _run(url: str, program: str, *arguments: str) -> None:
    found = binaries.find(server_major(url), binaries.CLIENT)
    password = str(conninfo_to_dict(url).get("password") or "")
    address = make_conninfo(url, password=None)
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(  # noqa: S603
        [found.program(program), f"--dbname={address}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PostgresFailed(f"{program} failed:\n{done.stderr.strip()}")
