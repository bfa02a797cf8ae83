#!/usr/bin/env python3
"""The arithmetic of docs/operate/scale.md: cores, connections, disk and lines for so many pages and votes a second.

``python3 deploy/capacity.py`` prints what was measured and the three samples; ``--empty-view 0.12`` takes the milliseconds of
another core (the row «empty view» of ``./rembuk bench``), ``--day PAGES VOTES SIGN_INS`` figures of your own. Only the standard
library. Whoever measures anew on an idle machine changes the figures here and puts what it prints into the document; a test
compares them.
"""

import argparse
import math
from dataclasses import dataclass

MEASURED = "28 November 2026 on two cores (Intel Xeon), the drill there and on two others (AMD EPYC)"

EMPTY_VIEW_MS = 0.36
"""CPU of a core for ``/healthz``, there."""


@dataclass(frozen=True, slots=True)
class Act:
    """What one costs in empty views: the least and the most that was measured, then what is reckoned with.

    ``database`` is PostgreSQL's primary.
    """

    name: str
    application: tuple[float, float, float]
    database: tuple[float, float, float]
    source: str


MADE = Act("page of a visitor made anew", (13, 56, 40), (1, 27, 14), "bench, N = 1 and N = 100")
SIGNED_IN = Act("page of a signed-in person", (19, 86, 60), (3, 30, 18), "bench, N = 1 and N = 100")
VOTE = Act("vote over HTTP", (27, 30, 30), (11, 13, 12), "bench: 1.5 to 1.6 times a list made anew; drill")
SIGN_IN_MS = 40.0
"""Argon2 (up to 30 ms) and the page."""

KEPT_TIMES = 1.86
"""CPU of a kept page beside nginx's static file of the same bytes."""

POOL = "PgBouncer"
BESIDE = {
    "PostgreSQL's primary": 0.41,
    "PostgreSQL's replica": 0.08,
    "HAProxy": 0.09,
    POOL: 0.08,
    "nginx": 0.02,
    "the worker that folds": 0.01,
    "etcd and Patroni": 0.06,
}
"""CPU for a vote in the drill, beside that of the web processes, of two runs the dearer; PgBouncer has one thread."""

PAGES_FOR_A_VOTE = 4.0
"""Pages a signed-in person opens for each vote."""

KEPT_SECONDS, EDGE_SECONDS = 30.0, 1.0
"""A process keeps a page so long, nginx in front of it so long."""

_ROUNDS = 20
PAGE_KB, FIRST_VIEW_KB, NEW_VISITORS = 10.0, 60.0, 0.2
WAL_BYTES, DISK_BYTES = 3_700, 1_300
"""For each vote: WAL with full pages, rows of vote and trail with their indexes."""

BUSY = 0.6
"""Share of a core that may be used, so that a second is not longer in the queue than at work."""


@dataclass(frozen=True, slots=True)
class Day:
    """The worst minutes of a site, each second: pages of visitors at the edge, votes, sign-ins; different pages that are hot.

    ``size``: cores of one application machine, with a web process for each. ``is_shielded``: a CDN asks from one place only, once
    in KEPT_SECONDS for each page.
    """

    name: str
    pages: float
    votes: float
    sign_ins: float
    hot: int
    size: int = 8
    is_shielded: bool = False


DAYS = (
    Day("regency", 50, 5, 1, 500, 4),
    Day("province", 1_000, 50, 10, 2_000, 8),
    Day("national", 30_000, 500, 250, 5_000, 32, is_shielded=True),
)


@dataclass(frozen=True, slots=True)
class Need:
    """What a day needs, used cores; multiply by 1 / BUSY to buy them."""

    signed_in: float
    personal: float
    made: float
    application: float
    primary: float
    pool: float
    connections: float
    edge_mbit: float
    wal_mbit: float

    @property
    def cores(self) -> float:
        """Cores of application machines to have, all together."""
        return self.application / BUSY

    def is_one_enough(self, size: int) -> bool:
        """Whether one machine of so many cores carries everything, PostgreSQL too."""
        return self.cores + self.primary / BUSY <= size

    def count(self, size: int) -> int:
        """Application machines of so many cores to have, with the one that may be away where there are several."""
        return 1 if self.is_one_enough(size) else math.ceil(self.cores / size) + 1

    def machines(self, size: int) -> str:
        """The same in words."""
        count = self.count(size)
        return (
            f"1 with {size} cores, PostgreSQL on it" if count == 1 else f"{count - 1} + 1 with {size} cores"
        )


def made_anew(day: Day, processes: int) -> float:
    """Pages that are made each second, as if all hot ones were opened alike.

    nginx keeps a page for a second, then asks any process, and a process makes what it did not make within the seconds of its
    own cache (decisions 60 and 65). Both begin when somebody asks: who comes so often is let in once in the time and a turn.
    """
    opened = day.pages / max(day.hot, 1)
    asked = KEPT_SECONDS * opened / (1 + opened * EDGE_SECONDS)
    makers = min(asked, 1.0) if day.is_shielded else asked / (1 + asked / processes)
    return day.hot * makers / KEPT_SECONDS


def need(day: Day, empty_view_ms: float = EMPTY_VIEW_MS) -> Need:
    """The arithmetic: with as many processes as the machines that it comes to have cores, since each keeps its own pages."""
    found = _need(day, empty_view_ms, day.size)
    for _ in range(_ROUNDS):
        found = _need(day, empty_view_ms, day.size * found.count(day.size))
    return found


def _need(day: Day, empty_view_ms: float, processes: int) -> Need:
    unit = empty_view_ms / 1000
    signed_in = day.votes * PAGES_FOR_A_VOTE
    made = made_anew(day, processes)
    acts = ((day.votes, VOTE), (signed_in, SIGNED_IN), (made, MADE))
    application = (
        unit * sum(count * act.application[2] for count, act in acts) + day.sign_ins * SIGN_IN_MS / 1000
    )
    primary = unit * (
        sum(count * act.database[2] for count, act in acts) + day.sign_ins * SIGNED_IN.database[2]
    )
    commit_seconds = 0.005
    return Need(
        signed_in=signed_in,
        personal=signed_in + day.votes + day.sign_ins,
        made=made,
        application=application,
        primary=primary,
        pool=application * BESIDE[POOL],
        # At work or waiting for the replica's disk, and as many again for bursts.
        connections=2 * (primary + (day.votes + day.sign_ins) * commit_seconds),
        edge_mbit=day.pages * (PAGE_KB + NEW_VISITORS * (FIRST_VIEW_KB - PAGE_KB)) * 8 / 1000,
        wal_mbit=day.votes * WAL_BYTES * 8 / 1_000_000,
    )


def table(days: tuple[Day, ...], empty_view_ms: float = EMPTY_VIEW_MS) -> str:
    """The needs of some days side by side, as a table of Markdown."""
    needs = [need(day, empty_view_ms) for day in days]
    rows = [
        ("pages of visitors a second, at the edge", [f"{day.pages:,.0f}" for day in days]),
        ("votes a second", [f"{day.votes:,.0f}" for day in days]),
        ("sign-ins a second", [f"{day.sign_ins:,.0f}" for day in days]),
        ("signed-in pages a second", [f"{each.signed_in:,.0f}" for each in needs]),
        ("requests of persons a second, which no cache answers", [f"{each.personal:,.0f}" for each in needs]),
        ("pages made anew a second", [f"{each.made:,.0f}" for each in needs]),
        ("application, cores used", [f"{each.application:.1f}" for each in needs]),
        ("application, cores to have", [f"{math.ceil(each.cores)}" for each in needs]),
        ("application machines", [each.machines(day.size) for day, each in zip(days, needs, strict=True)]),
        ("primary, cores used", [f"{each.primary:.1f}" for each in needs]),
        ("primary, cores to have", [f"{math.ceil(each.primary / BUSY)}" for each in needs]),
        ("PgBouncer, cores used on all machines", [f"{each.pool:.2f}" for each in needs]),
        ("connections of PostgreSQL at work", [f"{each.connections:.0f}" for each in needs]),
        ("line at the edge, Mbit/s", [f"{each.edge_mbit:,.0f}" for each in needs]),
        ("WAL to the replica, Mbit/s", [f"{each.wal_mbit:.1f}" for each in needs]),
        ("disk for ten minutes of votes, MB", [f"{day.votes * 600 * DISK_BYTES / 1e6:,.0f}" for day in days]),
    ]
    return _markdown(["", *(day.name for day in days)], [[name, *values] for name, values in rows])


def acts() -> str:
    """What was measured, as a table of Markdown."""
    rows = [
        [act.name, _range(act.application), _range(act.database), act.source]
        for act in (MADE, SIGNED_IN, VOTE)
    ]
    kept = ["kept page, from the process", f"{KEPT_TIMES} times nginx's static file", "0", "bench"]
    sign_in = ["sign-in", f"{SIGN_IN_MS:.0f} ms", f"reckoned {SIGNED_IN.database[2]:.0f}", "decision 61"]
    return _markdown(["act", "application", "PostgreSQL", "from"], [kept, *rows, sign_in])


def beside() -> str:
    """What a vote takes of the other programs, in words."""
    return ", ".join(f"{name} {share:.2f}" for name, share in BESIDE.items())


def _range(figures: tuple[float, float, float]) -> str:
    least, most, reckoned = figures
    return f"{least:.0f} to {most:.0f}, reckoned {reckoned:.0f}"


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * len(head), *rows])


def main(words: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Cores, connections and lines for a worst day.")
    parser.add_argument("--empty-view", type=float, default=EMPTY_VIEW_MS, metavar="MS")
    parser.add_argument("--day", type=float, nargs=3, metavar=("PAGES", "VOTES", "SIGN_INS"))
    parser.add_argument("--hot", type=int, default=2_000, help="different pages that are opened most (2000)")
    parser.add_argument("--shield", action="store_true", help="a CDN with a shield stands in front")
    parser.add_argument("--size", type=int, default=8, help="cores of an application machine (8)")
    given = parser.parse_args(words)
    days = (Day("yours", *given.day, given.hot, given.size, given.shield),) if given.day else DAYS
    print(
        f"{acts()}\n\nA vote beside 1.00 of the web processes, in the drill: {beside()}.\n\n{table(days, given.empty_view)}"
    )


if __name__ == "__main__":
    main()
