"""Filled sites to measure, each with a private server of its own, and a throwaway copy for what writes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from rembuk.runtime import env, localdb
from rembuk.runtime.places import OWNER_ROLE, LocalDatabase

COPY = "rembuk_writes"
FILL_SECONDS = 7200
PART_SECONDS = 1800


class Failed(Exception):
    """A step of the measurement did not work; the text says which and what it printed."""


@dataclass(frozen=True, slots=True)
class Site:
    """One site: its folder, its server, and the database that processes are pointed at (empty: the filled one)."""

    scale: float
    var: Path
    database: LocalDatabase
    named: str = field(default="")

    @property
    def variables(self) -> dict[str, str]:
        """The environment of its processes: that of the operator without what he set for his own site."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("REMBUK_")}
        kept |= dict.fromkeys(_UNSET, "")  # set, so that `.env` does not set them
        kept |= {"REMBUK_VAR": str(self.var), "REMBUK_ENV": "demo", "REMBUK_LOG_LEVEL": "ERROR"}
        kept |= {"REMBUK_WEB_WORKERS": "1", "PYTHONPATH": str(env.ROOT / "src")}
        if self.named:
            kept["DATABASE_URL"] = self.application_url
            kept["REMBUK_OWNER_URL"] = self._at(self.database.owner_url)
        return kept

    @property
    def application_url(self) -> str:
        """Address of the database for the application."""
        return self._at(self.database.app_url)

    def _at(self, url: str) -> str:
        return url.replace("@/rembuk?", f"@/{self.named}?") if self.named else url

    def connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection as the owner of the database; each statement stands for itself."""
        return psycopg.connect(self._at(self.database.owner_url), autocommit=True)

    def run(self, *words: str, seconds: float = PART_SECONDS) -> str:
        """Run a command of Rembuk in this site and return what it printed."""
        done = subprocess.run(  # noqa: S603
            command(*words),
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode:
            raise Failed(f"./rembuk {' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    @contextmanager
    def told(self, part: str, **numbers: int | str) -> Iterator["Told"]:
        """Run a part that answers each line it is told with a line; it ends with the block."""
        options = [f"--{name}={value}" for name, value in numbers.items()]
        with subprocess.Popen(  # noqa: S603
            command("manage", "bench", part, *options),
            env=self.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield Told(process)
            finally:
                process.kill()

    def ask(self, part: str, **numbers: int | str) -> Any:
        """Run a part that needs Django and return what it found (JSON on its last line)."""
        options = [f"--{name}={value}" for name, value in numbers.items()]
        return json.loads(self.run("manage", "bench", part, *options).splitlines()[-1])


@dataclass(frozen=True, slots=True)
class Told:
    """A part that runs: it is told a line and answers one."""

    process: "subprocess.Popen[str]"

    def tell(self, order: object) -> Any:
        """Its answer to an order, both in JSON; raises Failed if it ended, having said why on standard error."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{json.dumps(order)}\n")
        self.process.stdin.flush()
        return self.hear()

    def hear(self) -> Any:
        """The next line it prints."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise Failed("The pages could not be measured: the process that makes them ended.")
        return json.loads(line)


_UNSET = (
    "DATABASE_URL", "REMBUK_OWNER_URL", "REMBUK_PGBOUNCER", "REMBUK_REPLICA_URL", "REMBUK_REPLICA_MOST_SECONDS",
    "REMBUK_SECRET_KEY", "REMBUK_DEBUG", "REMBUK_HOSTS", "REMBUK_BASE_URL", "REMBUK_EMAIL_URL", "REMBUK_MAIL_FROM",
    "REMBUK_MAIL_DIR", "REMBUK_UPLOADS_DIR", "REMBUK_ACCEL_PREFIX", "REMBUK_TRUSTED_PROXIES", "REMBUK_CLAMAV_SOCKET",
    "REMBUK_METRICS_TOKEN", "REMBUK_TIME_ZONE", "REMBUK_WEB_THREADS", "REMBUK_PAGE_CACHE_MB",
)  # fmt: skip


def command(*words: str) -> Sequence[str]:
    """The words that run a command of Rembuk in a process of its own."""
    return [sys.executable, "-m", "rembuk.ops", *words]


@contextmanager
def filled(folder: Path, scale: float) -> Iterator[Site]:
    """The site of a scale below ``folder``, filled at the first time; its server runs as long as it is used."""
    var = folder / f"scale-{scale:g}"
    mark = var / "filled"
    if not mark.exists():
        localdb.destroy(var)
    site = Site(scale, var, localdb.ensure_running(var))
    try:
        site.run("migrate", seconds=FILL_SECONDS)
        if not mark.exists():
            site.run("seed", "--scale", f"{scale:g}", seconds=FILL_SECONDS)
            mark.touch()
        with site.connect() as connection:
            # Helpers of a query end with it, and their CPU would be nobody's.
            connection.execute("ALTER DATABASE rembuk SET max_parallel_workers_per_gather = 0")
        yield site
    finally:
        localdb.leave(var)


@contextmanager
def copied(site: Site) -> Iterator[Site]:
    """The same site on a copy of its database that is dropped afterwards, so that every run begins with the same rows."""
    with psycopg.connect(site.database.bootstrap_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {COPY} TEMPLATE rembuk OWNER {OWNER_ROLE}")
        try:
            yield Site(site.scale, site.var, site.database, COPY)
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")
