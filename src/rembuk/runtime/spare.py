"""Programs that work in spare time: they get a core while nothing else wants one, and end with the process that asks them."""

import logging
import os
import select
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

log = logging.getLogger(__name__)
AGAIN_SECONDS = 60.0
"""A program that ended is not started again before."""
_LOWEST = 19
_ROOM_FOR_NUMBER = 32


class Spare:
    """One program, started at the first question. It is asked by one thread at a time.

    Questions have numbers, which their answers repeat: one that comes late is never taken for that of the next.
    """

    def __init__(self, program: Path) -> None:
        """``program`` is a file of Python. Each line of its standard input is a number, a space and a question; it writes a
        line of the same number, a space and the answer.
        """
        self._program = program
        self._running: subprocess.Popen[bytes] | None = None
        self._number, self._not_before = 0, 0.0
        self.owes = False
        """Whether it has not answered what it was asked last."""

    @property
    def pid(self) -> int | None:
        """Its process, while it runs."""
        return self._running.pid if self._running else None

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """Its answer, without the end of the line; None if there is none within so many seconds, for whatever reason.

        A program that owes an answer since an earlier question is not asked: no core is free for it. Nor is one asked
        what a pipe may not take at once.
        """
        if len(question) >= select.PIPE_BUF - _ROOM_FOR_NUMBER:
            return None
        try:
            running = self._running or self._start()
            if running is None or (self.owes and self._read(running, 0) is None):
                return None
            self._number, self.owes = self._number + 1, True
            _write(running, b"%d %s\n" % (self._number, question))
            return self._read(running, seconds)
        except OSError as error:
            log.warning("A program for spare time ended (%s): %s", self._program.name, error)
            self.end()
            self._not_before = time.monotonic() + AGAIN_SECONDS
            return None
        except BaseException:
            self.end()  # in the middle of a question
            raise

    def end(self) -> None:
        """End the program, if it runs."""
        running, self._running, self.owes = self._running, None, False
        if running is not None:
            running.kill()
            running.wait()
            for pipe in (running.stdin, running.stdout):
                assert pipe is not None
                pipe.close()

    def _start(self) -> "subprocess.Popen[bytes] | None":
        if time.monotonic() < self._not_before:
            return None
        # The session stays that of this process, since Linux may weigh sessions first, whatever runs in them; the group
        # is its own, so that Ctrl-C does not reach it. It ends when its input does.
        self._running = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", str(self._program)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env={}, process_group=0,
        )  # fmt: skip
        stand_behind(self._running.pid)
        return self._running

    def _read(self, running: "subprocess.Popen[bytes]", seconds: float) -> bytes | None:
        assert running.stdout is not None
        poll = select.poll()
        poll.register(running.stdout, select.POLLIN)
        if not poll.poll(seconds * 1000):
            return None
        line = os.read(running.stdout.fileno(), select.PIPE_BUF)
        number, _, answer = line.partition(b" ")
        if number != b"%d" % self._number or not answer.endswith(b"\n"):
            raise BrokenPipeError("it gave no answer")
        self.owes = False
        return answer[:-1]


class Spares:
    """Several of the same program, for as many threads."""

    def __init__(self, program: Path, number: int) -> None:
        """``number`` is the most that are asked at a time."""
        self._all = [Spare(program) for _ in range(number)]
        self._resting = deque(self._all)

    @property
    def pids(self) -> list[int]:
        """The processes that run."""
        return [one.pid for one in self._all if one.pid is not None]

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """As of one (``Spare.ask``); None as well if all are being asked."""
        try:
            spare = self._resting.popleft()
        except IndexError:
            return None
        try:
            return spare.ask(question, seconds)
        finally:
            (self._resting.append if spare.owes else self._resting.appendleft)(spare)


def _write(running: "subprocess.Popen[bytes]", line: bytes) -> None:
    assert running.stdin is not None
    running.stdin.write(line)


def stand_behind(pid: int) -> None:
    """Below everything else (man 7 sched, SCHED_IDLE); where that is refused or unknown, at the lowest priority."""
    try:
        os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
    except (AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, pid, _LOWEST)
