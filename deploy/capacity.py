#!/usr/bin/env python3
"""The arithmetic of docs/operate/scale.md: cores, connections, disk and lines for so many pages and votes a second.

``python3 deploy/capacity.py`` prints the three samples; ``--empty-view 0.12`` takes the milliseconds of another core (the row
«empty view» of ``./rembuk bench``), ``--day PAGES VOTES SIGN_INS`` figures of your own. Standard library only.
"""

import argparse
from dataclasses import dataclass

EMPTY_VIEW_MS = 0.16
"""CPU of a core for ``/healthz``, the assumed core."""

# In empty views, measured on a busy machine (docs/operate/scale.md); application and, behind it, PostgreSQL's primary.
MADE, MADE_DATABASE = 70.0, 20.0
SIGNED_IN, SIGNED_IN_DATABASE = 90.0, 25.0
VOTE, VOTE_DATABASE, VOTE_REPLICA = 25.0, 10.0, 2.0
SIGN_IN_MS = 40.0
"""Argon2 (30 ms) and the page."""

POOL_SHARE = 0.07
"""CPU of PgBouncer beside that of the web processes; it has one thread."""

PAGES_FOR_A_VOTE = 4.0
"""Pages a signed-in person opens for each vote."""

KEPT_SECONDS = 30.0
PAGE_KB, FIRST_VIEW_KB, NEW_VISITORS = 10.0, 60.0, 0.2
WAL_BYTES, DISK_BYTES = 3_600, 1_300
"""For each vote: WAL with full pages, rows of vote and trail with their indexes."""

BUSY = 0.6
"""Share of a core that may be used, so that a second is not longer in the queue than at work."""


@dataclass(frozen=True, slots=True)
class Day:
    """The worst minutes of a site, each second: pages of visitors at the edge, votes, sign-ins; different pages that are hot."""

    name: str
    pages: float
    votes: float
    sign_ins: float
    hot: int


DAYS = (
    Day("regency", 50, 5, 1, 500),
    Day("province", 1_000, 50, 10, 2_000),
    Day("national", 30_000, 500, 250, 5_000),
)


@dataclass(frozen=True, slots=True)
class Need:
    """What a day needs, used cores; multiply by 1 / BUSY to buy them."""

    signed_in: float
    made: float
    application: float
    primary: float
    replica: float
    pool: float
    connections: float
    edge_mbit: float
    wal_mbit: float

    @property
    def cores(self) -> float:
        """Cores of application machines to have, all together."""
        return self.application / BUSY


def need(day: Day, empty_view_ms: float = EMPTY_VIEW_MS) -> Need:
    """The arithmetic. One cache stands before all processes (nginx, CDN), so a hot page is made once in its seconds."""
    unit = empty_view_ms / 1000
    signed_in = day.votes * PAGES_FOR_A_VOTE
    made = min(day.pages, day.hot / KEPT_SECONDS)
    application = (
        unit * (day.votes * VOTE + signed_in * SIGNED_IN + made * MADE) + day.sign_ins * SIGN_IN_MS / 1000
    )
    primary = unit * (
        day.votes * VOTE_DATABASE + (signed_in + day.sign_ins) * SIGNED_IN_DATABASE + made * MADE_DATABASE
    )
    commit_seconds = 0.005
    return Need(
        signed_in=signed_in,
        made=made,
        application=application,
        primary=primary,
        replica=unit * day.votes * VOTE_REPLICA,
        pool=application * POOL_SHARE,
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
        ("pages made anew a second", [f"{each.made:,.0f}" for each in needs]),
        ("application, cores used", [f"{each.application:.1f}" for each in needs]),
        ("application, cores to have", [f"{each.cores:.0f}" for each in needs]),
        ("primary, cores used", [f"{each.primary:.1f}" for each in needs]),
        ("PgBouncer, cores used (all machines)", [f"{each.pool:.2f}" for each in needs]),
        ("connections of PostgreSQL at work", [f"{each.connections:.0f}" for each in needs]),
        ("line at the edge, Mbit/s", [f"{each.edge_mbit:,.0f}" for each in needs]),
        ("WAL to the replica, Mbit/s", [f"{each.wal_mbit:.1f}" for each in needs]),
        ("disk for ten minutes of votes, MB", [f"{day.votes * 600 * DISK_BYTES / 1e6:,.0f}" for day in days]),
    ]
    head = ["", *(day.name for day in days)]
    lines = [head, ["---"] * len(head), *([name, *values] for name, values in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(words: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Cores, connections and lines for a worst day.")
    parser.add_argument("--empty-view", type=float, default=EMPTY_VIEW_MS, metavar="MS")
    parser.add_argument("--day", type=float, nargs=3, metavar=("PAGES", "VOTES", "SIGN_INS"))
    parser.add_argument("--hot", type=int, default=2_000, help="different pages that are opened most (2000)")
    given = parser.parse_args(words)
    days = (Day("yours", *given.day, given.hot),) if given.day else DAYS
    print(table(days, given.empty_view))


if __name__ == "__main__":
    main()
