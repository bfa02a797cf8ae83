"""Programs for spare time: below everything else, without the environment, ended with whoever asks them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rembuk.runtime import spare
from rembuk.runtime.processes import is_running
from rembuk.runtime.spare import Spare, Spares

LONG = 60.0
ECHO = """
import os, sys
for line in sys.stdin:
    number, _, question = line.rstrip().partition(" ")
    if question == "environment":
        question = " ".join(sorted(os.environ))
    if question == "end":
        sys.exit()
    if question == "another":
        number = "0"
    os.write(1, f"{number} {question}\\n".encode())
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """One that says what it is told."""
    path = tmp_path / "echo.py"
    path.write_text(ECHO)
    return path


@pytest.fixture
def echo(program: Path) -> Iterator[Spare]:
    """One of it."""
    one = Spare(program)
    yield one
    one.end()


def test_program_answers_line_by_line_from_one_process(echo: Spare) -> None:
    assert echo.ask(b"satu", LONG) == b"satu"
    first = echo.pid
    assert echo.ask(b"dua", LONG) == b"dua"
    assert echo.pid == first is not None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it has the lowest priority")
def test_program_gets_what_nobody_else_wants_and_no_signal_of_the_terminal(echo: Spare) -> None:
    echo.ask(b"satu", LONG)
    pid = echo.pid
    assert pid is not None
    assert os.sched_getscheduler(pid) == os.SCHED_IDLE
    # In a session of its own it would count as much as all of ours (man 7 sched, autogroup).
    assert os.getsid(pid) == os.getsid(0)
    assert os.getpgid(pid) == pid != os.getpgid(0)


def test_program_has_the_lowest_priority_where_idle_ones_are_refused(
    echo: Spare, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_words: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setscheduler", refused)
    echo.ask(b"satu", LONG)
    assert echo.pid is not None
    assert os.getpriority(os.PRIO_PROCESS, echo.pid) == 19


def test_program_gets_no_secret_of_the_environment(echo: Spare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBUK_SECRET_KEY", "rahasia")
    told = echo.ask(b"environment", LONG)
    assert told is not None
    assert b"REMBUK" not in told


def test_late_answer_is_not_taken_for_the_next_one(echo: Spare) -> None:
    echo.ask(b"satu", LONG)
    assert echo.pid is not None
    os.kill(echo.pid, signal.SIGSTOP)
    assert echo.ask(b"dua", 0.01) is None
    assert echo.ask(b"tiga", 0.01) is None
    os.kill(echo.pid, signal.SIGCONT)
    deadline = time.monotonic() + LONG
    while (answer := echo.ask(b"empat", LONG)) is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert answer == b"empat"


def test_answer_to_another_question_ends_the_program(echo: Spare) -> None:
    assert echo.ask(b"another", LONG) is None
    assert echo.pid is None


def test_program_that_was_left_in_the_middle_of_a_question_is_ended(
    echo: Spare, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_words: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(echo, "_read", interrupted)
        with pytest.raises(KeyboardInterrupt):
            echo.ask(b"satu", LONG)
    assert echo.pid is None
    assert echo.ask(b"dua", LONG) == b"dua"


def test_program_that_owes_an_answer_is_asked_last(program: Path) -> None:
    spares = Spares(program, 2)
    try:
        late, other = spares._all
        late.ask(b"satu", LONG)
        assert late.pid is not None
        os.kill(late.pid, signal.SIGSTOP)
        assert spares.ask(b"dua", 0.01) is None
        assert [spares.ask(b"tiga", LONG) for _ in range(3)] == [b"tiga"] * 3
        assert (late.owes, other.owes) == (True, False)
    finally:
        for one in spares._all:
            one.end()


def test_program_that_ended_is_started_again_after_a_while(
    echo: Spare, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert echo.ask(b"end", LONG) is None
    assert echo.pid is None
    assert "echo.py" in caplog.text
    assert echo.ask(b"satu", LONG) is None
    monkeypatch.setattr(echo, "_not_before", 0.0)
    assert echo.ask(b"satu", LONG) == b"satu"
    assert echo.pid is not None
    os.kill(echo.pid, signal.SIGKILL)
    assert echo.ask(b"satu", LONG) is None


def test_program_that_cannot_be_started_is_done_without(tmp_path: Path) -> None:
    assert Spare(tmp_path / "none.py").ask(b"satu", LONG) is None


def test_question_that_a_pipe_may_not_take_is_not_asked(echo: Spare) -> None:
    assert echo.ask(b"x" * 100_000, LONG) is None
    assert echo.pid is None


def test_several_are_asked_at_a_time_and_no_more(program: Path) -> None:
    spares = Spares(program, 2)
    try:
        first = spares._resting.popleft()
        assert (spares.ask(b"satu", LONG), first.ask(b"dua", LONG)) == (b"satu", b"dua")
        assert len(spares.pids) == 2
        spares._resting.append(first)
        taken = [spares._resting.popleft() for _ in range(2)]
        assert spares.ask(b"tiga", LONG) is None
        spares._resting.extend(taken)
        assert spares.ask(b"empat", LONG) == b"empat"
    finally:
        for one in spares._all:
            one.end()


def test_program_ends_with_its_parent_however_that_ends(program: Path) -> None:
    words = (
        "import sys; from pathlib import Path; from rembuk.runtime.spare import Spare\n"
        "one = Spare(Path(sys.argv[1])); one.ask(b'satu', 60); print(one.pid, flush=True); sys.stdin.read()"
    )
    source = Path(spare.__file__).parents[2]
    parent = subprocess.Popen(
        [sys.executable, "-c", words, str(program)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(source)},
    )  # fmt: skip
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_running(child)
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + LONG
    while is_running(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)
