"""Processes: which run, which stand in a directory, children that end together and with their parent.

Reads `/proc` where there is one. Which programs are started is decided by the commands in `ops`.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

PARENT_VARIABLE = "REMBUK_PARENT"
_PROC = Path("/proc")


def is_running(pid: int) -> bool:
    """Tell whether the process runs; a zombie, which has ended but was not fetched, does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        state = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return not _PROC.is_dir()
    return state != "Z"


def processes_in(directory: Path) -> set[int]:
    """Return the running processes whose working directory this is, as a PostgreSQL's is its data."""
    wanted = os.path.realpath(directory)
    return {pid for pid in _all_pids() if _working_directory(pid) == wanted and is_running(pid)}


def command_line(pid: int) -> str:
    """Return the words a process was started with, or nothing when it is gone."""
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _all_pids() -> Iterator[int]:
    if _PROC.is_dir():
        yield from (int(each.name) for each in _PROC.iterdir() if each.name.isdecimal())


def _working_directory(pid: int) -> str | None:
    try:
        return os.readlink(_PROC / str(pid) / "cwd")
    except OSError:
        return None


def end_with_parent(on_end: Callable[[], None] | None = None) -> None:
    """Watch the process named by REMBUK_PARENT and end this one when it is gone, even by kill -9.

    The processes of a web server would otherwise outlive their parent and hold the port. Without the variable nothing
    is watched.
    """
    parent = int(os.environ.get(PARENT_VARIABLE, "0"))
    if parent:
        threading.Thread(target=_watch, args=(parent, on_end), name="parent-watch", daemon=True).start()


def _watch(parent: int, on_end: Callable[[], None] | None) -> None:
    while is_running(parent):
        time.sleep(0.5)
    if on_end is None:
        os._exit(1)
    on_end()


class ChildFailed(RuntimeError):
    """A program ended again and again; the message names it."""


class Children:
    """Several programs that run together: one that dies is started again, and all end together."""

    SHORT_LIFE_SECONDS = 20
    MOST_SHORT_LIVES = 5
    PAUSE_SECONDS = 1.0

    def __init__(self, environment: Mapping[str, str], log: Path | None = None) -> None:
        """``log`` takes what they print; without one they print where this program prints."""
        self._log = log
        self._environment = {**environment, PARENT_VARIABLE: str(os.getpid())}
        self._commands: dict[str, list[str]] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._started: dict[str, float] = {}
        self._short_lives: dict[str, int] = {}

    def start(self, name: str, command: list[str]) -> None:
        """Start a program in a process group of its own, so that Ctrl-C reaches it through us alone."""
        self._commands[name] = command
        self._started[name] = time.monotonic()
        with contextlib.ExitStack() as stack:
            printed = stack.enter_context(self._log.open("ab")) if self._log else None
            self._running[name] = subprocess.Popen(  # noqa: S603
                command, env=self._environment, start_new_session=True, stdout=printed, stderr=printed
            )

    def pid(self, name: str) -> int:
        """The process id of a program that was started."""
        return self._running[name].pid

    def check(self) -> None:
        """Start again what has ended, after growing pauses; raise ChildFailed for what ends at once each time."""
        for name, child in list(self._running.items()):
            code = child.poll()
            if code is None:
                continue
            _signal_group(child, signal.SIGKILL)
            is_short = time.monotonic() - self._started[name] < self.SHORT_LIFE_SECONDS
            self._short_lives[name] = self._short_lives.get(name, 0) + 1 if is_short else 0
            if self._short_lives[name] >= self.MOST_SHORT_LIVES:
                raise ChildFailed(
                    f"the {name} ended {self.MOST_SHORT_LIVES} times at once (exit code {code})"
                )
            time.sleep(self._short_lives[name] * self.PAUSE_SECONDS)
            self.start(name, self._commands[name])

    def wait(self, look_after: Callable[[], object]) -> None:
        """Keep all running until something interrupts this process or a program cannot be kept running.

        Every few seconds `look_after` may care for what is not a child, such as the database.
        """
        while True:
            look_after()
            for _ in range(10):
                self.check()
                time.sleep(0.5)

    def stop(self, patience: float = 15) -> None:
        """Ask all to end, and kill those that have not ended after `patience` seconds."""
        for child in self._running.values():
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + patience
        for child in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            _signal_group(child, signal.SIGKILL)
            child.wait()


def _signal_group(child: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)
