"""Children run together: restarted when they die, given up when they die at once, gone with their parent."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rembuk.runtime import env
from rembuk.runtime.processes import PARENT_VARIABLE, ChildFailed, Children, is_running

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
)
WATCHER = (
    "from rembuk.runtime.processes import end_with_parent; import time; end_with_parent(); time.sleep(60)"
)


@pytest.fixture
def children():
    made = Children({**os.environ, "PYTHONPATH": str(env.ROOT / "src")})
    yield made
    made.stop(patience=2)


def until(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def pids(children):
    return {name: child.pid for name, child in children._running.items()}


def test_child_that_dies_is_started_again(children):
    children.start("sleeper", SLEEP)
    first = pids(children)["sleeper"]
    os.kill(first, 9)
    assert until(lambda: children.check() or pids(children)["sleeper"] != first)
    assert is_running(pids(children)["sleeper"])


def test_what_programs_print_is_kept_in_a_file_where_one_is_given(tmp_path):
    made = Children(os.environ, tmp_path / "log")
    try:
        made.start(
            "speaker", [sys.executable, "-c", "import sys; print('satu'); print('dua', file=sys.stderr)"]
        )
        assert until(lambda: {"satu", "dua"} <= set((tmp_path / "log").read_text().split()))
    finally:
        made.stop(patience=2)


def test_child_that_dies_at_once_again_and_again_is_given_up(children, monkeypatch):
    monkeypatch.setattr(children, "PAUSE_SECONDS", 0)
    children.start("broken", [sys.executable, "-c", "raise SystemExit(7)"])
    with pytest.raises(ChildFailed, match=r"the broken ended 5 times at once \(exit code 7\)"):
        until(lambda: children.check())


def test_stop_ends_even_a_child_that_will_not(children, tmp_path):
    children.start(
        "stubborn",
        [
            sys.executable,
            "-c",
            STUBBORN.replace("print(1, flush=True)", f"open({str(tmp_path / 'on')!r}, 'w')"),
        ],
    )
    assert until((tmp_path / "on").exists)
    pid = pids(children)["stubborn"]
    children.stop(patience=0.5)
    assert not is_running(pid)


def test_process_ends_when_the_one_it_watches_is_killed():
    source = str(env.ROOT / "src")
    parent = subprocess.Popen(SLEEP)
    environment = {**os.environ, "PYTHONPATH": source, PARENT_VARIABLE: str(parent.pid)}
    watcher = subprocess.Popen([sys.executable, "-c", WATCHER], env=environment)
    time.sleep(1)
    assert watcher.poll() is None
    parent.kill()
    parent.wait()
    assert watcher.wait(10) == 1


def test_process_without_the_variable_watches_nobody():
    environment = {**os.environ, "PYTHONPATH": str(Path(env.ROOT) / "src")}
    environment.pop(PARENT_VARIABLE, None)
    watcher = subprocess.Popen([sys.executable, "-c", WATCHER.replace("60", "1.5")], env=environment)
    assert watcher.wait(15) == 0
