"""With a real streaming replica of the suite's server: exports and reports read it; late or gone, they read the primary."""

import logging
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.db import connection, connections

from rembuk.common import reading
from rembuk.exports.actions.making import make
from rembuk.exports.models import Export
from rembuk.exports.states import State
from rembuk.proposals.models import Proposal
from rembuk.reports.actions.account import draft_account
from rembuk.runtime.places import as_server_user
from tests import export_scenes as exports
from tests import report_scenes, scenes
from tests.environment import SERVER

# What other processes of the suite write to the same server would arrive in between: `.ci/run` asks these by themselves.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "PYTEST_XDIST_WORKER" in os.environ, reason="needs the server for itself: run this file alone"
    ),
]
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)
PORT = 5499


def eventually(is_so: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it comes to be so."""
    end = time.monotonic() + seconds
    while not (found := is_so()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


@dataclass
class Replica:
    """A server that follows the suite's own."""

    url: str

    def run(self, statement: str) -> None:
        """A statement of the superuser."""
        with psycopg.connect(self.url, autocommit=True) as mine:
            mine.execute(statement)

    def pause(self) -> None:
        """Let nothing more arrive; it takes a moment to stand still."""
        self.run("SELECT pg_wal_replay_pause()")
        assert eventually(self._is_paused)

    def _is_paused(self) -> bool:
        with psycopg.connect(self.url) as mine:
            row = mine.execute("SELECT pg_get_wal_replay_pause_state() = 'paused'").fetchone()
        return bool(row and row[0])

    def catches_up(self) -> bool:
        """Whether what the primary has written by now arrives; other tests go on writing there."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            (written,) = cursor.fetchone()
        return eventually(lambda: self._has(written))

    def _has(self, written: str) -> bool:
        with psycopg.connect(self.url) as mine:
            row = mine.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [written]).fetchone()
        return bool(row and row[0])


@pytest.fixture(scope="module")
def followed() -> Iterator[Replica]:
    """A copy by ``pg_basebackup`` that streams; it ends with the module."""
    folder = Path(tempfile.mkdtemp(prefix="rembuk-replica-", dir=SERVER.state_dir.parent))
    how = as_server_user(SERVER)
    if os.geteuid() == 0:
        os.chown(folder, how["user"], how["group"])
    data, socket = folder / "data", SERVER.socket_dir
    command = [SERVER.binaries.program("pg_basebackup"), "-D", str(data), "-d", SERVER.bootstrap_url]
    _keep_wal("2GB")
    copied = subprocess.run(
        [*command, "-R", "-X", "stream", "-c", "fast", "--no-sync"], capture_output=True, text=True, **how
    )
    assert copied.returncode == 0, copied.stderr
    options = [f"unix_socket_directories={socket}", f"port={PORT}", "listen_addresses=", "fsync=off"]
    command = [SERVER.binaries.program("postgres"), "-D", str(data)]
    for option in options:
        command += ["-c", option]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, **how)
    url = f"postgresql://postgres@/postgres?host={socket}&port={PORT}"
    try:
        assert eventually(lambda: _answers(url)), (folder / "log").read_text()
        yield Replica(url)
    finally:
        server.terminate()
        server.wait(60)
        shutil.rmtree(folder, ignore_errors=True)
        _keep_wal("0")


def _keep_wal(size: str) -> None:
    """How much the suite's server keeps for the copy while other tests write on."""
    with psycopg.connect(SERVER.bootstrap_url, autocommit=True) as server:
        server.execute(f"ALTER SYSTEM SET wal_keep_size = '{size}'")
        server.execute("SELECT pg_reload_conf()")


def _answers(url: str) -> bool:
    try:
        with psycopg.connect(url):
            return True
    except psycopg.OperationalError:
        return False


@pytest.fixture
def replica(followed: Replica) -> Iterator[Replica]:
    """The replica as the setting REMBUK_REPLICA_URL names it, for the database of this test."""
    own = {**connections["default"].settings_dict, "PORT": str(PORT)}
    own["OPTIONS"] = {"options": "-c default_transaction_read_only=on", "connect_timeout": 3}
    connections.settings["replica"] = own
    yield followed
    followed.run("SELECT pg_wal_replay_resume()")
    connections["default"].close()
    del connections.settings["replica"]


def test_export_is_read_from_the_replica_and_says_so(replica: Replica) -> None:
    place = scenes.regency()
    code = scenes.published(place).code
    waiting = exports.asked(exports.asker(place))
    assert replica.catches_up()
    make(waiting.pk)
    done = Export.objects.get(pk=waiting.pk)
    assert (done.state, done.is_from_replica, done.rows_done) == (State.READY, True, 1)
    assert code in exports.path_of(done).read_text(encoding="utf-8-sig")
    assert done.read_at is not None
    assert done.made_at is not None
    assert done.read_at <= done.made_at


def test_nothing_can_be_written_or_decided_there(replica: Replica) -> None:
    place = scenes.regency()
    scenes.published(place)
    assert replica.catches_up()
    with reading.snapshot() as moment, connection.cursor() as cursor:
        assert moment.is_replica
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchone() == ("on",)
        cursor.execute("SELECT pg_is_in_recovery()")
        assert cursor.fetchone() == (True,)
    with pytest.raises(Exception, match="read-only"), reading.snapshot():
        Proposal.objects.update(title="Judul lain")


def test_replica_that_is_late_is_passed_over_and_taken_again_when_it_has_caught_up(
    replica: Replica, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(django_settings, "REPLICA_MOST_SECONDS", 0)
    place = scenes.regency()
    assert replica.catches_up()
    replica.pause()
    scenes.published(place)
    waiting = exports.asked(exports.asker(place))
    with caplog.at_level(logging.WARNING):
        make(waiting.pk)
    done = Export.objects.get(pk=waiting.pk)
    assert (done.state, done.is_from_replica, done.rows_done) == (State.READY, False, 1)
    assert [record.why for record in caplog.records if record.msg == "replica_passed_over"] == ["late"]  # type: ignore[attr-defined]
    replica.run("SELECT pg_wal_replay_resume()")
    assert replica.catches_up()
    monkeypatch.setattr(django_settings, "REPLICA_MOST_SECONDS", 60)
    with reading.snapshot() as moment:
        assert moment.is_replica


def test_replica_that_is_a_little_late_tells_of_its_instant(replica: Replica) -> None:
    place = scenes.regency()
    assert replica.catches_up()
    replica.pause()
    before = datetime.now(UTC)
    scenes.published(place)
    with reading.snapshot() as moment:
        assert (moment.is_replica, Proposal.objects.count()) == (True, 0)
        assert moment.at <= before


def test_report_names_the_instant_of_its_figures(replica: Replica) -> None:
    place = scenes.regency()
    head = report_scenes.head(place)
    assert replica.catches_up()
    replica.pause()
    before = datetime.now(UTC)
    scenes.published(place)
    report = draft_account(place.works, report_scenes.THIRD, by=head)
    assert datetime.fromisoformat(report.data["at"]) <= before
    assert report.drafted_at >= before
