"""The programs that make the load and count it: wrk, pgbench, nginx. Read here are only their own reports."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rembuk.ops.bench.sites import Failed
from rembuk.runtime import binaries

_SYSTEM_PATH = os.pathsep.join(("/usr/local/sbin", "/usr/sbin", "/sbin"))
PATIENCE_SECONDS = 600
LONGER = 10


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


def run_pgbench(script: Path, *, url: str, clients: int, each: int, names: Mapping[str, int]) -> float:
    """Run a script ``each`` times by each client, as Django sends it (simple protocol); transactions a second."""
    words = [pgbench(), "--no-vacuum", "--protocol=simple", f"--client={clients}", "--jobs=2"]
    words += [f"--transactions={each}", f"--file={script}"]
    for name, value in {**names, "clients": clients, "n": 0}.items():
        words.append(f"--define={name}={value}")
    return read_pgbench(_run([*words, url], {"LC_ALL": "C.UTF-8"}))


def read_pgbench(report: str) -> float:
    """Transactions a second without connecting; raises Failed where one of them failed."""
    rate = re.search(r"tps = ([\d.]+) \(without initial connection time\)", report)
    done = re.search(r"transactions actually processed: (\d+)/(\d+)", report)
    if not rate or not done or done[1] != done[2]:
        raise Failed(f"pgbench:\n{report[-1000:]}")
    return float(rate[1])


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
