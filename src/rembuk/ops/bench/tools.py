"""The programs that make the load and count it: wrk, pgbench, nginx. Read here are only their own reports."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rembuk.ops.bench.sites import Failed
from rembuk.runtime import binaries

_SYSTEM_PATH = os.pathsep.join(("/usr/local/sbin", "/usr/sbin", "/sbin"))
PATIENCE_SECONDS = 600
LONGER = 10
_TURN_SECONDS = 0.25


def missing() -> list[str]:
    """Which of the programs of Debian are not installed."""
    return [name for name in ("nginx", "wrk") if find(name) is None]


def find(name: str) -> str | None:
    """The path of a program; servers lie where the search path of a plain user does not look."""
    return shutil.which(name) or shutil.which(name, path=_SYSTEM_PATH)


def pgbench() -> str:
    """The path of pgbench; raises NoServer where there is none."""
    return binaries.find(needed=("pgbench",)).program("pgbench")


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk sends: to which address, over how many connections, for how long, and how each request looks."""

    url: str
    clients: int
    seconds: int
    script: Path | None = None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What wrk counted."""

    count: int
    per_second: float


def wrk(load: Load) -> Answers:
    """Send the load from one thread; raise Failed unless every answer was a good one.

    Where nothing is answered within its time, on a busy machine, it is sent once more for longer.
    """
    answers = read_wrk(_run(_words(load, load.seconds), {}))
    if not answers.count:
        answers = read_wrk(_run(_words(load, load.seconds * LONGER), {}))
    if not answers.count:
        raise Failed(f"wrk: no answers from {load.url}")
    return answers


def _words(load: Load, seconds: int) -> list[str]:
    words = ["wrk", "-t1", f"-c{load.clients}", f"-d{seconds}s", "--timeout", "30s"]
    for header in load.headers:
        words += ["-H", header]
    if load.script is not None:
        words += ["-s", str(load.script)]
    return [*words, load.url]


def read_wrk(report: str) -> Answers:
    """The figures of a report; raises Failed for one with errors."""
    wrong = re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", report)
    count = re.search(r"(\d+) requests in", report)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", report)
    if wrong or not count or not rate:
        raise Failed(f"wrk: {wrong[0] if wrong else 'no report'}\n{report[-1000:]}")
    return Answers(int(count[1]), float(rate[1]))


@dataclass(frozen=True, slots=True)
class Clients:
    """Who runs scripts under pgbench: so many connections to a database, each so many times, with these names set."""

    url: str
    count: int
    each: int
    names: Mapping[str, int]


def run_pgbench(files: Sequence[Path], clients: Clients) -> list[float]:
    """Run each script, as Django sends it (simple protocol); transactions a second of each, without connecting.

    They take turns of a quarter of a second, those that wait stopped with their connections open, so that all of them meet
    the same machine. Raises Failed where a transaction failed.
    """
    with ExitStack() as stack:
        runs = [stack.enter_context(_waiting(file, clients)) for file in files]
        used = _take_turns(runs)
        reports = [run.communicate(timeout=PATIENCE_SECONDS)[0] for run in runs]
    told = [seconds - read_pgbench(report) for seconds, report in zip(used, reports, strict=True)]
    return [clients.count * clients.each / seconds for seconds in told]


@contextmanager
def _waiting(script: Path, clients: Clients) -> Iterator[subprocess.Popen[str]]:
    words = [pgbench(), "--no-vacuum", "--protocol=simple", f"--client={clients.count}", "--jobs=2"]
    words += [f"--transactions={clients.each}", f"--file={script}"]
    for name, value in {**clients.names, "clients": clients.count, "n": 0}.items():
        words.append(f"--define={name}={value}")
    run = subprocess.Popen(  # noqa: S603
        [*words, clients.url],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        run.send_signal(signal.SIGSTOP)
        yield run
    finally:
        run.kill()
        run.wait()


def _take_turns(runs: Sequence[subprocess.Popen[str]]) -> list[float]:
    """Let them run one at a time until all have ended; seconds that each of them ran."""
    used = [0.0] * len(runs)
    last = time.monotonic() + PATIENCE_SECONDS
    while any(run.poll() is None for run in runs):
        if time.monotonic() > last:
            raise Failed("pgbench does not end.")
        for place, run in enumerate(runs):
            if run.poll() is None:
                used[place] += _turn(run)
    return used


def _turn(run: subprocess.Popen[str]) -> float:
    began = time.monotonic()
    run.send_signal(signal.SIGCONT)
    try:
        run.wait(_TURN_SECONDS)
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGSTOP)
    return time.monotonic() - began


def read_pgbench(report: str) -> float:
    """Seconds that connecting took, at most a turn; raises Failed where a transaction failed."""
    connecting = re.search(r"initial connection time = ([\d.]+) ms", report)
    done = re.search(r"transactions actually processed: (\d+)/(\d+)", report)
    if not connecting or not done or done[1] != done[2]:
        raise Failed(f"pgbench:\n{report[-1000:]}")
    return min(float(connecting[1]) / 1000, _TURN_SECONDS)


def _run(words: list[str], more: Mapping[str, str]) -> str:
    done = subprocess.run(  # noqa: S603
        words,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{Path(words[0]).name}:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
    return done.stdout
