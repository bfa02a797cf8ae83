"""`./rembuk bench`: fills sites, puts load on them, prints one table, and ends with 1 when a tally is not its votes."""

import argparse
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rembuk.ops.bench import growth, readers, server, sites, storm, table, tools, writers
from rembuk.ops.bench.amounts import QUICK, WHOLE, Amounts
from rembuk.ops.bench.sites import Failed, Site
from rembuk.ops.bench.table import Row
from rembuk.runtime import env
from rembuk.runtime.processes import ChildFailed

MOST_SCALES = 2


def run(arguments: Sequence[str]) -> None:
    """Measure and print; everything that was started has ended afterwards."""
    options = _parse(arguments)
    if absent := tools.missing():
        names = " and ".join(absent)
        _stop(
            f"The measurement needs {names}, which this machine lacks (Debian: apt install {' '.join(absent)})."
        )
    tools.pgbench()
    signal.signal(signal.SIGTERM, _interrupt)
    folder = env.load().var / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        rows = list(_measure(folder, options.scale, QUICK if options.quick else WHOLE))
    except (Failed, ChildFailed, OSError, subprocess.TimeoutExpired) as problem:
        _stop(f"The measurement ended early: {problem}")
    print(table.printed(rows))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./rembuk bench",
        description="Measure pages, votes, comments, memory and disk on made-up sites under var/bench, as ratios within "
        "one run. Fills the sites at the first time (N = 1: half a minute and 1 GB, N = 100: five minutes and 6 GB). Needs "
        "nginx and wrk (Debian: apt install nginx wrk) and an idle machine: figures of a busy one mean nothing.",
    )
    parser.add_argument(
        "--scale", type=_scales, default=(1.0,), metavar="N[,N]", help="size of the site, as of ./rembuk seed --scale; "
        "with two, what grows is told too, and votes are cast on the smaller one (default: 1)",
    )  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="see that all works; the figures mean little")
    return parser.parse_args(arguments)


def _scales(words: str) -> tuple[float, ...]:
    try:
        found = sorted({float(word) for word in words.split(",")})
    except ValueError:
        found = []
    if not 0 < len(found) <= MOST_SCALES or not 0 < found[0] <= found[-1] <= 100:
        raise argparse.ArgumentTypeError("one number above 0 and at most 100, or two with a comma")
    return tuple(found)


def _measure(folder: Path, scales: Sequence[float], amounts: Amounts) -> Iterator[Row]:
    sizes: list[Row] = []
    with ExitStack() as stack:
        filled = []
        for scale in scales:
            _tell(f"site with N = {scale:g}")
            filled.append(stack.enter_context(sites.filled(folder, scale)))
            sizes += growth.size_rows(filled[-1])
        _tell("pages made anew")
        seen = readers.anew(filled, amounts, are_all=len(scales) > 1)
    with sites.filled(folder, scales[0]) as site:
        yield from _under_load(site, folder / "load", amounts)
    for figures, scale in zip(seen, scales, strict=True):
        yield from readers.page_rows(figures, scale)
    if len(scales) == MOST_SCALES:
        yield from readers.growth_rows(seen[0], seen[1], (scales[0], scales[1]))
    for figures, scale in zip(seen, scales, strict=True):
        yield from readers.making_rows(figures, scale)
    yield from sizes


def _under_load(site: Site, folder: Path, amounts: Amounts) -> Iterator[Row]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with sites.copied(site) as copy:
        ground = writers.prepare(copy, folder, amounts)
        _tell("the statement of a vote")
        yield from writers.statement_rows(copy, ground, amounts)
        with server.site_and_worker(copy, folder / "programs.log") as (web, worker):
            _tell("cached pages")
            yield from readers.cached(web, folder, amounts)
            _tell("votes and comments over HTTP")
            yield from writers.request_rows(copy, web, ground, amounts)
            _tell("storms of sign-ins and votes")
            yield from storm.storm_rows(copy, web, ground, amounts)
            yield from growth.memory_rows(web, worker)
        if drift := copy.ask("drift"):
            raise Failed(f"tallies differ from their votes (ballot, choice, votes, shown): {drift[:5]}")
    _tell("no tally differs from its votes")


def _tell(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(1)
