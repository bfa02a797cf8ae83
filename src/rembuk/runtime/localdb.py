"""The private PostgreSQL server under `var/`: started when first needed, shared, stopped when nobody uses it.

Rules, each from a trial: one lock file per `var/`; no TCP; the socket in a short 0700 directory named by a
hash (a socket path holds 107 bytes); ready means a connection succeeds; no parent's mode is changed;
as root the server runs as `postgres`, else `nobody`, and where that user cannot reach `var/` the data lives
in a state directory of its own. What a user of the database needs from Django is not here.
"""

import atexit
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

from rembuk.runtime.places import (
    APP_ROLE,
    BOOTSTRAP_ROLE,
    DATABASE,
    OWNER_ROLE,
    LocalDatabase,
    as_server_user,
    describe,
    prepare,
    prepare_socket_dir,
)
from rembuk.runtime.processes import command_line, is_running, processes_in

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin", "btree_gist", "ltree")
START_SECONDS = 60
STOP_SECONDS = 30
SOCKET_LOCK = ".s.PGSQL.5432.lock"
_UNSAFE_BUT_FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum_naptime=10min",
    "jit=off",
)

_held: dict[Path, IO[str]] = {}


class LocalDatabaseError(RuntimeError):
    """The private server cannot be used; the message tells the operator why and what to do."""


def ensure_running(
    var: Path, *, durable: bool = True, say: Callable[[str], None] = lambda _message: None
) -> LocalDatabase:
    """Start the server of this `var/` or attach to it, and return its addresses.

    The calling process counts as a user of the server until it ends or calls `leave`; when the last user
    is gone, however it ended, a keeper process stops the server. `durable=False` is for tests: a power cut
    may destroy the data. `say` receives a sentence when the data is kept outside `var/`.
    """
    var = var.absolute()
    var.mkdir(parents=True, exist_ok=True)
    with _locked(var):
        database = prepare(var, say)
        if var not in _held:
            users = (var / "postgres.users").open("a")
            fcntl.flock(users, fcntl.LOCK_SH)
            _held[var] = users
        evict_stranger(database)
        if not _settles(database):
            _initialise(database, durable=durable)
            _start(database, durable=durable)
        _create_roles_and_database(database)
        _start_keeper(var)
    return database


def is_answering(database: LocalDatabase) -> bool:
    """Tell whether the server accepts a connection now."""
    try:
        with psycopg.connect(database.bootstrap_url, connect_timeout=5):
            return True
    except psycopg.OperationalError:
        return False


def leave(var: Path) -> None:
    """Say that this process no longer needs the server; stop it if nobody else does."""
    var = var.absolute()
    if var not in _held:
        return
    with _locked(var):
        _held.pop(var).close()
        if not _is_held(var):
            _stop(describe(var))


def stop(var: Path) -> None:
    """Stop the server of this `var/`, whoever uses it. Nothing happens when it is not running."""
    var = var.absolute()
    if not var.is_dir():
        return
    with _locked(var):
        if var in _held:
            _held.pop(var).close()
        _stop(describe(var))


def stop_if_unused(var: Path) -> bool:
    """Stop the server unless a process still uses it; return whether it is stopped. Called by the keeper."""
    with _locked(var):
        if _is_held(var):
            return False
        _stop(describe(var))
        return True


def abandon(database: LocalDatabase) -> None:
    """Stop the server of a `var/` that was deleted. Called by the keeper."""
    _stop(database)
    evict_stranger(database)


def destroy(var: Path) -> None:
    """Stop the server and delete its data for good. Refused while another process uses it."""
    var = var.absolute()
    if not var.is_dir():
        return
    with _locked(var):
        if var in _held:
            _held.pop(var).close()
        if _is_held(var):
            raise LocalDatabaseError(f"the database in {var} is in use by another process; stop that first")
        database = describe(var)
        _stop(database)
        shutil.rmtree(database.data_dir, ignore_errors=True)


def is_in_use(var: Path) -> bool:
    """Tell whether some process (this one included) counts as a user of this server."""
    with _locked(var):
        return _is_held(var)


def _is_held(var: Path) -> bool:
    with (var / "postgres.users").open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def evict_stranger(database: LocalDatabase) -> None:
    """Stop a server that holds our socket though its data is not ours: its `var/` was deleted under it."""
    try:
        holder = int((database.socket_dir / SOCKET_LOCK).read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    if str(database.socket_dir) in command_line(holder) and holder not in processes_in(database.data_dir):
        _end(holder, (signal.SIGQUIT,))


@contextmanager
def _locked(var: Path) -> Iterator[None]:
    with (var / "postgres.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run_as_server(database: LocalDatabase, command: list[str]) -> None:
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, **as_server_user(database)
    )
    if done.returncode:
        raise LocalDatabaseError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def _initialise(database: LocalDatabase, *, durable: bool) -> None:
    if (database.data_dir / "PG_VERSION").exists():
        return
    half = database.data_dir.with_name("data.half")  # renamed when complete, so a killed start leaves no ruin
    shutil.rmtree(half, ignore_errors=True)
    command = [database.binaries.program("initdb"), "-D", str(half), "-U", BOOTSTRAP_ROLE]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject"]
    _run_as_server(database, command if durable else [*command, "--no-sync"])
    half.rename(database.data_dir)


def _start(database: LocalDatabase, *, durable: bool) -> None:
    prepare_socket_dir(database)
    _remove_stale_locks(database)
    settings = [f"unix_socket_directories={database.socket_dir}", "unix_socket_permissions=0700"]
    settings += ["listen_addresses=", "logging_collector=off", "timezone=UTC", "log_timezone=UTC"]
    settings += () if durable else _UNSAFE_BUT_FAST
    command = [database.binaries.program("postgres"), "-D", str(database.data_dir)]
    for setting in settings:
        command += ["-c", setting]
    pid = _launch(command, database.log_file, **as_server_user(database))
    deadline = time.monotonic() + START_SECONDS
    while not is_answering(database):
        if not is_running(pid) or time.monotonic() > deadline:
            tail = "\n".join(database.log_file.read_text(errors="replace").splitlines()[-12:])
            raise LocalDatabaseError(f"PostgreSQL did not start; the end of {database.log_file}:\n{tail}")
        time.sleep(0.03)


def _launch(command: list[str], log_file: Path, **how: object) -> int:
    """Start a program that outlives this one, as nobody's child, and return its process id."""
    script = 'log="$1"; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!'
    launched = subprocess.run(  # type: ignore[call-overload]  # noqa: S603
        ["/bin/sh", "-c", script, "sh", str(log_file), *command],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        start_new_session=True,
        **how,
    )
    return int(launched.stdout)


def _settles(database: LocalDatabase) -> bool:
    """Tell whether a server answers, waiting while one that was left behind still starts or ends."""
    deadline = time.monotonic() + STOP_SECONDS
    while not is_answering(database):
        if not processes_in(database.data_dir):
            return False
        if time.monotonic() > deadline:
            raise LocalDatabaseError(f"a PostgreSQL that does not answer still runs in {database.data_dir}")
        time.sleep(0.1)
    return True


def _remove_stale_locks(database: LocalDatabase) -> None:
    """Remove lock files of a killed server: the process id in them may be a zombie's or a stranger's."""
    for leftover in (database.data_dir / "postmaster.pid", database.socket_dir / SOCKET_LOCK):
        leftover.unlink(missing_ok=True)


def _create_roles_and_database(database: LocalDatabase) -> None:
    """Create both roles, the database and its extensions where they are missing."""
    with psycopg.connect(database.bootstrap_url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            return
        for role, options in ((OWNER_ROLE, "LOGIN CREATEDB"), (APP_ROLE, "LOGIN")):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(f"CREATE ROLE {role} {options}")
        connection.execute(f"GRANT pg_signal_backend TO {OWNER_ROLE}")
        with psycopg.connect(database.bootstrap_url, dbname="template1", autocommit=True) as template:
            for extension in EXTENSIONS:
                template.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}")


def _start_keeper(var: Path) -> None:
    with (var / "postgres.keeper").open("a") as keeper:
        try:
            fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    source = str(Path(__file__).parents[2])
    command = [sys.executable, "-m", "rembuk.runtime.keeper", str(var)]
    _launch(command, var / "keeper.log", env={**os.environ, "PYTHONPATH": source}, cwd="/")


def _stop(database: LocalDatabase) -> None:
    pid_file = database.data_dir / "postmaster.pid"
    try:
        master = int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    if master not in processes_in(database.data_dir):
        return
    _end(master, (signal.SIGINT, signal.SIGQUIT))  # "fast", then "immediate"


def _end(pid: int, signals: tuple[signal.Signals, ...]) -> None:
    for each in signals:
        os.kill(pid, each)
        deadline = time.monotonic() + STOP_SECONDS
        while is_running(pid) and time.monotonic() < deadline:
            time.sleep(0.03)
        if not is_running(pid):
            return
    raise LocalDatabaseError(f"PostgreSQL (process {pid}) does not stop")


@atexit.register
def _forget_users() -> None:
    for users in _held.values():
        users.close()
    _held.clear()
