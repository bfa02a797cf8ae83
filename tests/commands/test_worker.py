"""A worker killed in the middle of a job: another takes the job over within a minute."""

import subprocess
import sys
import time

import pytest

from rembuk.runtime import env
from tests.commands.support import environment, eventually

pytestmark = pytest.mark.commands
SCRIPT = """
import sys, time
from pathlib import Path
from rembuk.ops.launch.readiness import prepare, start_django
prepare()
start_django()
from procrastinate.contrib.django import app
note = Path(sys.argv[1])

@app.task(name="tests.slow")
def slow():
    begun = note.read_text().count("begun") if note.exists() else 0
    with note.open("a") as file:
        print("begun", file=file)
    if begun == 0:
        time.sleep(300)
    with note.open("a") as file:
        print("done", file=file)

if sys.argv[2] == "defer":
    slow.defer()
from django.core.management import call_command
call_command("worker")
"""


def test_job_of_a_killed_worker_is_done_within_a_minute(var):
    note = var / "note"

    def worker(*arguments: str) -> "subprocess.Popen[bytes]":
        variables = environment(var, PYTHONPATH=str(env.ROOT / "src"))
        return subprocess.Popen([sys.executable, "-c", SCRIPT, str(note), *arguments], env=variables)

    first = worker("defer")
    assert eventually(note.exists, 30)
    first.kill()
    first.wait()
    killed = time.monotonic()
    second = worker("work")
    try:
        assert eventually(lambda: "done" in note.read_text(), 60)
        assert time.monotonic() - killed < 60
        assert note.read_text() == "begun\nbegun\ndone\n"
    finally:
        second.terminate()
        assert second.wait(30) == 0
