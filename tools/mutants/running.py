"""Puts one fault after another into a copy and asks the tests that should notice."""

import hashlib
import os
import re
import subprocess
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tools.mutants.faults import Fault, WrongFault
from tools.mutants.results import Outcome, Result, Results

MOST_SECONDS = 420
FAILED_TESTS, NO_TESTS_FAILED = 1, 0
_SUMMARY = re.compile(r"^(FAILED|ERROR) .*|^=+ .* in .*=+$|^\d+ (passed|failed|error).*", re.MULTILINE)


def clean(tree: Path, faults: list[Fault], results: Results) -> Result:
    """Whether the named tests pass without any fault: only then a failure tells anything."""
    tests = _without_parts(sorted({test for fault in faults for test in fault.tests}))
    key = "clean " + hashlib.sha256("\n".join(tests).encode()).hexdigest()[:16]
    if known := results.of(key):
        return known
    code, seconds, detail = _asked(tree, tests, most_seconds=1800, workers=2)
    outcome: Outcome = "found" if code == NO_TESTS_FAILED else "broken"
    return results.add(key, outcome, seconds, detail)


def each(trees: list[Path], faults: Iterable[Fault], results: Results) -> Iterator[Result]:
    """The result of every fault, as it comes; each copy holds one fault at a time. Known ones are not asked again."""
    free: SimpleQueue[Path] = SimpleQueue()
    for tree in trees:
        free.put(tree)

    def one(fault: Fault) -> Result:
        if known := results.of(key(fault)):
            return known
        tree = free.get()
        try:
            return results.add(key(fault), *_tried(tree, fault))
        finally:
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        yield from pool.map(one, faults)


def key(fault: Fault) -> str:
    """The name of a fault with a hash of what it is, so that a changed entry is asked again."""
    text = "\0".join((fault.file, fault.old, fault.new, *fault.tests))
    return f"{fault.name} {hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _tried(tree: Path, fault: Fault) -> tuple[Outcome, float, str]:
    path = tree / fault.file
    try:
        before = fault.put_into(tree)
    except WrongFault as wrong:
        return "broken", 0.0, str(wrong)
    try:
        code, seconds, detail = _asked(tree, list(fault.tests), MOST_SECONDS)
    finally:
        path.write_text(before, encoding="utf-8")
    outcome: Outcome = {FAILED_TESTS: "found", NO_TESTS_FAILED: "missed"}.get(code, "broken")  # type: ignore[assignment]
    return outcome, seconds, detail


def _asked(tree: Path, tests: list[str], most_seconds: int, workers: int = 0) -> tuple[int, float, str]:
    words = [str(tree / "rembuk"), "test", *tests, "-q", "--tb=no", "-p", "no:cacheprovider"]
    words += ["-n", str(workers), "--dist", "loadgroup"] if workers else ["-n", "0", "-x"]
    began = time.monotonic()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REMBUK_VAR")}
    try:
        done = subprocess.run(
            words,
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=most_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, time.monotonic() - began, f"not ended after {most_seconds} s"
    lines = [match[0] for match in _SUMMARY.finditer(done.stdout)] or done.stderr.splitlines()[-1:]
    return done.returncode, time.monotonic() - began, " | ".join(lines[-6:])[:600]


def _without_parts(tests: list[str]) -> list[str]:
    """Leave out tests of a file or folder that is asked whole."""

    def is_part(test: str) -> bool:
        return any(test != other and test.startswith((f"{other}::", f"{other}/")) for other in tests)

    return [test for test in tests if not is_part(test)]
