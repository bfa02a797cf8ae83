"""A worker of its own process writes the file; killed in the midst of it, another begins again."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from rembuk.exports.models import Export
from rembuk.exports.states import State
from rembuk.notifications.models import Notice
from rembuk.ops.recovery import recover_stalled_jobs
from rembuk.runtime import env
from tests import database, scenes
from tests import export_scenes as exports
from tests.environment import SERVER

pytestmark = pytest.mark.django_db(transaction=True)
# The first run waits in its first step for good, so that it can be killed there.
SCRIPT = """
import sys, time
from pathlib import Path
from rembuk.ops.commandline import start_django
start_django()
from rembuk.exports.actions import making
step = making._step
def slow(export, **facts):
    step(export, **facts)
    if sys.argv[1] == "hang" and "rows_expected" in facts:
        time.sleep(300)
making._step = slow
from django.core.management import call_command
call_command("worker", once=True)
"""


def worker(mode: str) -> "subprocess.Popen[bytes]":
    """A worker on the database of this test."""
    name = str(connections["default"].settings_dict["NAME"])
    variables = {
        **os.environ,
        "PYTHONPATH": str(env.ROOT / "src"),
        "DATABASE_URL": database.address_of(SERVER.app_url, name),
        "REMBUK_OWNER_URL": database.address_of(SERVER.owner_url, name),
        "REMBUK_UPLOADS_DIR": str(settings.MEDIA_ROOT),
    }
    return subprocess.Popen([sys.executable, "-c", SCRIPT, mode], env=variables)


def eventually(is_so: Callable[[], bool], seconds: float = 120) -> bool:
    """Whether it comes to be so."""
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.1)
    return is_so()


def test_worker_that_is_killed_while_it_writes_is_followed_by_one_that_writes_it_all() -> None:
    place = scenes.regency()
    code = scenes.published(place).code
    by = exports.asker(place)
    waiting = exports.asked(by)
    first = worker("hang")
    try:
        assert eventually(lambda: Export.objects.get(pk=waiting.pk).rows_expected == 1)
    finally:
        first.kill()
        first.wait()
    assert Export.objects.get(pk=waiting.pk).state == State.RUNNING
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    assert recover_stalled_jobs() >= 1
    assert worker("work").wait(120) == 0
    done = Export.objects.get(pk=waiting.pk)
    assert (done.state, done.attempt, done.rows_done) == (State.READY, 2, 1)
    assert code in Path(exports.path_of(done)).read_text(encoding="utf-8-sig")
    assert Notice.objects.filter(person_id=by.pk, event__kind="export.ready").count() == 1
