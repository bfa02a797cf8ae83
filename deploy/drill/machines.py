"""Machines as sets of processes: started, started again like systemd does, and lost all at once. Only our own are touched."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rembuk.ops.bench.processes import tree
from rembuk.runtime.processes import command_line, is_running, processes_in

RESTART_SECONDS = 2.0
_SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Failed(Exception):
    """A step of the drill did not work; the text says which."""


@dataclass(slots=True)
class Program:
    """What one process of a machine runs; ``starts`` counts how often it was begun."""

    words: Sequence[str]
    more: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    starts: int = 0


class Machine:
    """One machine: a folder, programs, and the folders in which its other processes work (PostgreSQL's data)."""

    def __init__(self, name: str, home: Path, works_in: Path | None = None) -> None:
        self.name, self.home, self._works_in = name, home, works_in
        self.programs: dict[str, Program] = {}
        self.is_up = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Switch the machine on: all its programs."""
        with self._lock:
            self.is_up = True
            for name in self.programs:
                self._run(name)

    def run(self, name: str, words: Sequence[str], more: Mapping[str, str] | None = None) -> None:
        """Install one program and start it."""
        with self._lock:
            self.is_up = True
            self.programs[name] = Program(words, more or {})
            self._run(name)

    def look_after(self) -> None:
        """Start again what has ended, as ``Restart=always`` does; nothing on a machine that is down."""
        with self._lock:
            if not self.is_up:
                return
            for name, program in self.programs.items():
                if program.process is not None and program.process.poll() is not None:
                    self._run(name)

    def restarts(self) -> dict[str, int]:
        """How often each program was started more than once."""
        return {name: program.starts - 1 for name, program in self.programs.items() if program.starts > 1}

    def lose(self) -> None:
        """The power fails: every process at once, without a word."""
        with self._lock:
            self.is_up = False
            # Whose parent is gone is no longer told by it, but may take a moment to end.
            lost = self._signal(signal.SIGKILL)
            _until(
                lambda: not self._pids() and not any(map(is_running, lost)), 20, f"{self.name} does not end"
            )

    def freeze(self) -> None:
        """Every process stands still, with its connections open; ``thaw`` lets it go on as if nothing had been."""
        with self._lock:
            self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on."""
        with self._lock:
            self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """Switch the machine off at the end of the drill."""
        with self._lock:
            self.is_up = False
            self._signal(signal.SIGCONT)
            self._signal(signal.SIGTERM)
        deadline = time.monotonic() + 5
        while self._pids() and time.monotonic() < deadline:
            time.sleep(0.1)
        self.lose()

    def _run(self, name: str) -> None:
        program = self.programs[name]
        program.starts += 1
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / f"{name}.log").open("ab") as log:
            program.process = subprocess.Popen(
                program.words,
                cwd=self.home,
                env={**plain_environment(self.home), **program.more},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _pids(self) -> set[int]:
        """The programs with all that descend from them, and what works in the machine's data."""
        found = self.pids_in_data()
        for name in self.programs:
            found |= self.pids_of(name)
        return {pid for pid in found if is_running(pid)}

    def pids_of(self, name: str) -> set[int]:
        """A program with all that descends from it."""
        process = self.programs[name].process
        return tree(process.pid) if process is not None and process.poll() is None else set()

    def pids_in_data(self) -> set[int]:
        """What works in the machine's data and may be nobody's child: PostgreSQL."""
        return processes_in(self._works_in) if self._works_in is not None else set()

    def freeze_those(self, title: str) -> None:
        """Only what works in the machine's data under this title stands still. Raises Failed when nothing does."""
        found = [pid for pid in self.pids_in_data() if title in command_line(pid)]
        if not found:
            raise Failed(f"{self.name} has no {title}")
        for pid in found:
            os.kill(pid, signal.SIGSTOP)

    def _signal(self, number: signal.Signals) -> set[int]:
        told: set[int] = set()
        for _ in range(3):  # what was forked meanwhile
            for pid in self._pids():
                told.add(pid)
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    continue
        return told


def plain_environment(home: Path) -> dict[str, str]:
    """Nothing of the caller's: the site's settings come from its own files."""
    return {"PATH": _SYSTEM_PATH, "HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


class Caretaker:
    """What systemd is on each machine: a thread that starts again what ended."""

    def __init__(self, machines: Sequence[Machine]) -> None:
        self._machines, self._stopping = machines, threading.Event()
        self._thread = threading.Thread(target=self._repeat, name="caretaker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """No more restarts."""
        self._stopping.set()
        self._thread.join()

    def _repeat(self) -> None:
        while not self._stopping.wait(RESTART_SECONDS):
            for machine in self._machines:
                machine.look_after()


def wait_for(what: str, is_so: Callable[[], bool], seconds: float) -> float:
    """Wait until something holds; returns how long it took. Raises Failed with what was waited for."""
    return _until(is_so, seconds, f"waited {seconds:.0f} s in vain: {what}")


def _until(is_so: Callable[[], bool], seconds: float, words: str) -> float:
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise Failed(words)
        time.sleep(0.2)
    return time.monotonic() - began
