"""The whole measurement with few repetitions on sites of N = 1 and a half more: every row has its figure, nothing is left."""

import os
import re
import subprocess

import pytest

from rembuk.ops.bench import readers, tools
from rembuk.ops.bench.inside import others
from rembuk.runtime import env
from rembuk.runtime.places import describe
from rembuk.runtime.processes import processes_in
from tests.commands.support import environment

pytestmark = [pytest.mark.commands, pytest.mark.nightly]
SECONDS = 1200  # a busy machine with two cores
VISITED = (
    "home", "list of proposals", "search", "proposal with 50 comments", "programme", "consultation"
)  # fmt: skip
RATIOS = [
    "cached page / nginx static, CPU of a hit",
    *(f"vote statement / bare insert, {clients} clients" for clients in (8, 32)),
    *(f"one ballot / many, statement, {clients} clients" for clients in (8, 32)),
    *(f"vote over HTTP, {clients} clients / list made anew" for clients in (8, 32)),
    *(f"one ballot / many, over HTTP, {clients} clients" for clients in (8, 32)),
    *(f"comment over HTTP, {clients} clients / list made anew" for clients in (8, 32)),
    *(f"{page}, N = 1 / empty view" for page in VISITED),
    *(f"{page}, signed in, N = 1 / empty view" for page in VISITED),
    "moderation queue, N = 1 / empty view",
    *(f"storm of {what}: kept page in it / without" for what in ("sign-ins", "votes past the limit")),
    "storm of sign-ins: kept page in it / beside those let in",
    "kept page beside hashes alone / without",
    *(f"{page}, N = 1.5 / N = 1" for page in VISITED),
    *(f"{page}, N = 1.5 / N = 1" for pair in readers._WITH_AS_MANY.items() for page in pair),
]
GROWING = [
    *(*others._VISITED, *others._MINE, *others._DESK),
    *(f"{role}: {page}" for role, pages in others._OF_OFFICIALS.items() for page in pages),
    *(f"{page}, second page" for page in others.LONG),
]
SHARES = [f"storm of {what}: refusals after 200 ms" for what in ("sign-ins", "votes past the limit")]
SIZES = [
    "memory of the web processes",
    "memory of the worker",
    "database, N = 1",
    "engagement_vote, N = 1",
    "audit_entry, N = 1",
]


@pytest.mark.skipif(bool(tools.missing()) and "CI" not in os.environ, reason="nginx or wrk is not installed")
def test_quick_run_prints_every_figure_and_leaves_nothing_running(place):
    var = place / "var"
    answer = subprocess.run(
        [env.ROOT / "rembuk", "bench", "--quick", "--scale", "1,1.5"],
        env=environment(var),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        cwd="/",
    )
    assert answer.returncode == 0, answer.stderr
    assert "no tally differs from its votes" in answer.stderr
    rows = dict(re.findall(r"^\| (.+?) \| ([\d.]+ (?:×|MB|ms|%)) \|", answer.stdout, re.MULTILINE))
    assert [what for what in RATIOS if not re.fullmatch(r"[\d.]+ ×", rows.get(what, ""))] == []
    assert [what for what in SIZES if not re.fullmatch(r"[\d.]+ MB", rows.get(what, ""))] == []
    assert [page for page in GROWING if f"{page}, N = 1.5 / N = 1" not in rows] == []
    for what in ("empty view, N = 1", "made once a minute: all figures, N = 1.5"):
        assert re.fullmatch(r"[\d.]+ ms", rows[what])
    assert [what for what in SHARES if not re.fullmatch(r"[\d.]+ %", rows.get(what, ""))] == []
    assert all(float(figure.split()[0]) > 0 for what, figure in rows.items() if what not in SHARES)
    assert len(answer.stdout.splitlines()) == len(rows) + 2
    folder = var / "bench"
    for site in ("scale-1", "scale-1.5"):
        assert not processes_in(describe(folder / site).data_dir)
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert [line for line in listed.splitlines() if str(folder) in line and "keeper" not in line] == []
