"""The private server: one for each `var/`, shared, gone when nobody uses it, started again after any end."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from rembuk.runtime import env, localdb
from rembuk.runtime.places import UnsafePlace, describe, prepare_socket_dir
from rembuk.runtime.processes import is_running, processes_in


@pytest.fixture
def place():
    """A folder that the server's user may pass, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="rembuk-test-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def var(place):
    var = place / "var"
    var.mkdir()
    yield var
    localdb.stop(var)


def start(var):
    return localdb.ensure_running(var, durable=False)


def postmaster(database):
    return int((database.data_dir / "postmaster.pid").read_text().split()[0])


def test_new_server_has_two_roles_of_different_power(var):
    database = start(var)
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(database.app_url) as application, refused:
        application.execute("CREATE TABLE public.mine (id int)")
    with psycopg.connect(database.owner_url) as owner:
        rights = owner.execute(
            "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert rights == (False, True)


def test_new_server_has_the_extensions_and_a_locale_of_bytes(var):
    with psycopg.connect(start(var).owner_url) as owner:
        found = {row[0] for row in owner.execute("SELECT extname FROM pg_extension")}
        locale = owner.execute(
            "SELECT datcollate, datlocprovider FROM pg_database WHERE datname='rembuk'"
        ).fetchone()
    assert found >= {"pg_trgm", "unaccent", "btree_gin", "btree_gist", "ltree"}
    assert locale == ("C.UTF-8", "c")


def test_server_listens_on_no_network_and_on_a_private_socket(var):
    database = start(var)
    with psycopg.connect(database.owner_url) as owner:
        assert owner.execute("SHOW listen_addresses").fetchone() == ("",)
    assert stat.S_IMODE(database.socket_dir.stat().st_mode) == 0o700
    assert len(str(database.socket_dir)) < 50


def test_second_start_attaches_to_the_same_server(var):
    assert postmaster(start(var)) == postmaster(start(var))


def test_two_vars_have_two_servers(var, place):
    other = place / "other"
    try:
        assert postmaster(start(var)) != postmaster(start(other))
    finally:
        localdb.stop(other)


def test_path_longer_than_a_socket_name_works(place, var):
    long = var / ("d" * 120)
    try:
        with psycopg.connect(start(long).app_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        localdb.stop(long)


def test_server_killed_hard_starts_again_with_its_data(var):
    database = localdb.ensure_running(var)
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    os.kill(postmaster(database), signal.SIGKILL)
    with psycopg.connect(localdb.ensure_running(var).owner_url) as owner:
        assert owner.execute("SELECT seven FROM kept").fetchone() == (7,)


def test_lock_file_naming_a_stranger_does_not_stop_the_start(var):
    database = start(var)
    localdb.stop(var)
    lines = f"{os.getpid()}\n{database.data_dir}\n0\n5432\n{database.socket_dir}\n\n"
    (database.data_dir / "postmaster.pid").write_text(lines)
    assert localdb.is_answering(start(var))


def test_interrupted_first_start_is_begun_anew(var):
    database = start(var)
    localdb.stop(var)
    database.data_dir.rename(database.data_dir.with_name("data.half"))
    assert localdb.is_answering(start(var))


def test_leave_stops_the_server_when_nobody_else_uses_it(var):
    database = start(var)
    localdb.leave(var)
    assert processes_in(database.data_dir) == set()


def test_leave_keeps_the_server_while_another_process_uses_it(var):
    with _other_user(var) as other:
        database = start(var)
        localdb.leave(var)
        assert localdb.is_answering(database)
        other.kill()
        other.wait()


def test_keeper_stops_the_server_after_its_user_was_killed(var):
    with _other_user(var) as other:
        database = describe(var)
        assert localdb.is_answering(database)
        other.kill()
        other.wait()
    deadline = time.monotonic() + 30
    while processes_in(database.data_dir) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert processes_in(database.data_dir) == set()


def test_destroy_is_refused_while_another_process_uses_the_server(var):
    with _other_user(var) as other:
        with pytest.raises(localdb.LocalDatabaseError, match="in use"):
            localdb.destroy(var)
        other.kill()
        other.wait()


def test_destroy_removes_the_data(var):
    database = start(var)
    localdb.destroy(var)
    assert not database.data_dir.exists()


def test_var_deleted_under_its_server_begins_anew(var):
    with psycopg.connect(start(var).owner_url) as owner:
        owner.execute("CREATE TABLE gone ()")
    old = postmaster(describe(var))
    shutil.rmtree(var)
    localdb._held.pop(var).close()
    with psycopg.connect(start(var).owner_url) as owner:
        assert owner.execute("SELECT to_regclass('gone')").fetchone() == (None,)
    assert not is_running(old)


def test_keeper_stops_the_server_of_a_deleted_var(var):
    old = postmaster(start(var))
    shutil.rmtree(var)
    deadline = time.monotonic() + 20
    while is_running(old) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not is_running(old)


def test_moved_var_keeps_its_data(var, place):
    with psycopg.connect(start(var).owner_url) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    if describe(var).state_dir.parent != var:
        pytest.skip("the data of this var/ lies elsewhere")
    localdb.stop(var)
    moved = var.rename(place / "moved")
    try:
        with psycopg.connect(start(moved).owner_url) as owner:
            assert owner.execute("SELECT seven FROM kept").fetchone() == (7,)
    finally:
        localdb.stop(moved)
        var.mkdir()


def test_socket_directory_open_to_others_is_refused(var):
    database = describe(var)
    database.socket_dir.mkdir(mode=0o755)
    try:
        with pytest.raises(UnsafePlace, match="private directory"):
            prepare_socket_dir(database)
    finally:
        database.socket_dir.rmdir()


def test_is_running_does_not_count_a_zombie():
    child = subprocess.Popen([sys.executable, "-c", ""])
    deadline = time.monotonic() + 10
    while is_running(child.pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(child.pid, 0)  # it is still there, not yet fetched
    assert not is_running(child.pid)
    child.wait()


class _other_user:
    """Another process that has started or attached to the server and holds it."""

    def __init__(self, var: Path) -> None:
        code = (
            "import time; from pathlib import Path; from rembuk.runtime import localdb;"
            f"localdb.ensure_running(Path({str(var)!r}), durable=False);"
            "print('ready', flush=True); time.sleep(60)"
        )
        environment = {**os.environ, "PYTHONPATH": str(env.ROOT / "src")}
        self.process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment)

    def __enter__(self):
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"ready\n"
        return self.process

    def __exit__(self, *_exception):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
