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
from rembuk.notifications.models import DeliveryState, Notice
from rembuk.ops.recovery import recover_stalled_jobs
from rembuk.runtime import env
from tests import database, scenes
from tests import export_scenes as exports
from tests.environment import SERVER

pytestmark = pytest.mark.django_db(transaction=True)
# The first run waits for good after its second row, so that it can be killed there.
SCRIPT = """
import sys, time
from pathlib import Path
from rembuk.ops.launch.readiness import start_django
start_django()
from rembuk.exports.actions import making
from rembuk.web.exports import writing
writing.STEP = 1
step = making._step
def slow(export, **facts):
    step(export, **facts)
    if sys.argv[1] == "hang" and facts.get("rows_done") == 2:
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
    codes = [scenes.published(place).code for _turn in range(3)]
    by = exports.asker(place)
    waiting = exports.asked(by)
    first = worker("hang")
    try:
        assert eventually(lambda: Export.objects.get(pk=waiting.pk).rows_done == 2)
    finally:
        first.kill()
        first.wait()
    left = Export.objects.get(pk=waiting.pk)
    assert (left.state, left.rows_expected, len(exports.files())) == (State.RUNNING, 3, 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    assert recover_stalled_jobs() >= 1
    # A worker that runs once leaves the letter that it has queued to the next.
    assert [worker("work").wait(120) for _turn in range(2)] == [0, 0]
    done = Export.objects.get(pk=waiting.pk)
    assert (done.state, done.attempt, done.rows_done) == (State.READY, 2, 3)
    lines = Path(exports.path_of(done)).read_text(encoding="utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["kode", *codes]
    notice = Notice.objects.get(person_id=by.pk)
    assert (notice.event.kind, notice.delivery.state) == ("export.ready", DeliveryState.SENT)
