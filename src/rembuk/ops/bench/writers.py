"""Voters and those who comment: the statement under pgbench beside a bare insert, and whole requests over HTTP.

On a throwaway copy of a site. Each turn begins with ballots that nobody voted on: votes on them are cleared away first.
"""

import math
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rembuk.ops.bench import readers, scripts, tools
from rembuk.ops.bench.amounts import Amounts
from rembuk.ops.bench.server import Served
from rembuk.ops.bench.sites import Failed, Site
from rembuk.ops.bench.table import Row, milliseconds, times

CLIENTS = (8, 32)
WIDEST = 40
_REQUEST = "CPU of the web processes; with session and token"
# The tables of the statement; and the partitions of the trail, which folding fills.
_WRITTEN = ("engagement_vote", "engagement_votedelta", "engagement_tally")
_TRAIL = "SELECT relid::regclass::text FROM pg_partition_tree('audit_entry') WHERE isleaf"


@dataclass(frozen=True, slots=True)
class Kept:
    """What an answer promises, and the statement that counts it: a redirect to sign in is an answer, too."""

    what: str
    count: str


# In the trail, or with a delta on the way to it.
VOTES = Kept(
    "votes",
    """
    SELECT (SELECT count(*) FROM audit_entry WHERE verb = 'ballot.voted')
        + (SELECT count(*) FROM engagement_votedelta WHERE entry::json ->> 'verb' = 'ballot.voted')
    """,
)
COMMENTS = Kept("comments", "SELECT count(*) FROM engagement_comment")


@dataclass(slots=True)
class Ground:
    """Voters (first number, how many), sessions, and ballots in their order, of which each turn takes fresh ones.

    ``width`` is how many ballots votes are spread across, ``hot`` how many are voted on one after another where all vote on one.
    """

    folder: Path
    voters: tuple[int, int]
    crowd: scripts.Crowd
    ballots: list[tuple[int, str]]
    width: int
    hot: int
    taken: int = 0

    def take(self, width: int) -> list[tuple[int, str]]:
        """The next ballots nobody voted on."""
        chosen = self.ballots[self.taken : self.taken + width]
        if len(chosen) < width:
            raise Failed("The site has too few open ballots.")
        self.taken += width
        return chosen


def prepare(copy: Site, folder: Path, amounts: Amounts) -> Ground:
    """Choose voters and ballots, sign people in, and clear the ballots' votes away."""
    found = copy.ask("voters", sessions=amounts.sessions, folder=str(folder))
    ballots = [(number, code) for number, code in found["ballots"]]
    first, count = found["voters"]
    hot = math.ceil(amounts.votes / count)
    # Under pgbench there are two wide stretches and the hot ballots; over HTTP each turn takes one and one.
    turns = amounts.turns * len(CLIENTS)
    width = min(WIDEST, (len(ballots) - hot - turns) // (2 + turns))
    if width < max(2, hot):
        raise Failed(f"The site has too few open ballots: {len(ballots)}.")
    _clear(copy, [number for number, _ in ballots])
    crowd = scripts.Crowd(tuple(found["sessions"]), tuple(found["cookies"]), found["token"])
    return Ground(folder, (first, count), crowd, ballots, width, hot)


def statement_rows(copy: Site, ground: Ground, amounts: Amounts) -> Iterator[Row]:
    """Transactions of the vote statement, across many ballots and on one, beside those of an INSERT of the same row alone.

    After each run the worker's statement folds what it left, which would be done in the second.
    """
    widths = {scripts.BARE: ground.width, scripts.VOTE: ground.width, scripts.HOT: ground.hot}
    chosen = {name: [number for number, _ in ground.take(width)] for name, width in widths.items()}
    files = [scripts.write_for_pgbench(ground.folder, name, ballots) for name, ballots in chosen.items()]
    first, count = ground.voters
    with _upkeep_by_hand(copy):
        for clients in CLIENTS:
            crowd = tools.Clients(
                copy.application_url,
                clients,
                max(1, amounts.votes // clients),
                {"first_voter": first, "voters": count},
            )
            seen = []
            for _ in range(amounts.runs):
                bare, spread, hot = tools.run_pgbench(files, crowd)
                seen.append((spread / bare, spread / hot, _fold(copy) / spread))
                _clear(copy, [number for ballots in chosen.values() for number in ballots])
            share, slower, faster = (statistics.median(part) for part in zip(*seen, strict=True))
            yield times(
                f"vote statement / bare insert, {clients} clients", share, "at least 0.7",
                "transactions under pgbench; with gate, delta, audit entry",
            )  # fmt: skip
            yield times(f"one ballot / many, statement, {clients} clients", slower, "1.1", "time of a vote")
    yield times(
        f"folding / votes of {CLIENTS[-1]} clients", faster, "above 1",
        "votes a second: into tallies and trail, by one worker",
    )  # fmt: skip


@contextmanager
def _upkeep_by_hand(copy: Site) -> Iterator[None]:
    """No autovacuum meanwhile: what it clears up after one of them falls into the other's time."""
    with copy.connect() as connection:
        tables = [*_WRITTEN, *(name for (name,) in connection.execute(_TRAIL).fetchall())]
        for name in tables:
            connection.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = off)")
    yield
    with copy.connect() as connection:
        for name in tables:
            connection.execute(f"ALTER TABLE {name} RESET (autovacuum_enabled)")


def _clear(copy: Site, ballots: list[int]) -> None:
    """Nobody has voted on these, and nothing dead is left."""
    with copy.connect() as connection:
        for name in _WRITTEN:
            connection.execute(f"DELETE FROM {name} WHERE ballot_id = ANY(%s)", [ballots])  # noqa: S608
        for name in _WRITTEN:
            connection.execute(f"VACUUM ANALYZE {name}")


def _fold(copy: Site) -> float:
    """Fold all that waits; returns the votes a second."""
    folded = copy.ask("fold")
    rate: float = folded["rows"] / folded["seconds"]
    return rate


def request_rows(copy: Site, web: Served, ground: Ground, amounts: Amounts) -> Iterator[Row]:
    """Votes and comments with session and token, as a browser sends them, in turns with a list that Django makes anew."""
    # The first requests of each thread load modules and open connections.
    tools.wrk(tools.Load(f"{web.url}{readers.ANEW}", max(CLIENTS), amounts.seconds))
    lists: list[float] = []
    for clients in CLIENTS:
        many, one, costs, beside_them = [], [], [], []
        for _ in range(amounts.turns):
            beside_them.append(readers.per_answer(web, readers.ANEW, amounts))
            spread = _vote(copy, web, ground, (clients, ground.width, amounts.seconds))
            hot = _vote(copy, web, ground, (clients, 1, amounts.seconds))
            many.append(spread.per_second)
            one.append(hot.per_second)
            costs.append(spread.cpu)
        cost = statistics.median(costs) / statistics.median(beside_them)
        slower = statistics.median(many) / statistics.median(one)
        lists += beside_them
        yield times(f"vote over HTTP, {clients} clients / list made anew", cost, "2", _REQUEST)
        yield times(f"one ballot / many, over HTTP, {clients} clients", slower, "1.1", "time of a vote")
    for clients in CLIENTS:
        script = scripts.write_comments(
            ground.folder, ground.crowd, [code for _, code in ground.ballots], clients
        )
        written = send(copy, web, tools.Load(web.url, clients, amounts.seconds, script), COMMENTS)
        cost = written.cpu / statistics.median(lists)
        yield times(f"comment over HTTP, {clients} clients / list made anew", cost, "", _REQUEST)
    yield milliseconds(
        "list made anew over HTTP", statistics.median(lists), "CPU of the web processes; the unit of these"
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """What was answered a second, and the CPU seconds of the web processes for each."""

    per_second: float
    cpu: float


def _vote(copy: Site, web: Served, ground: Ground, run: tuple[int, int, int]) -> Sent:
    clients, width, seconds = run
    script = scripts.write_votes(ground.folder, ground.crowd, [code for _, code in ground.take(width)])
    return send(copy, web, tools.Load(web.url, clients, seconds, script), VOTES)


def send(copy: Site, web: Served, load: tools.Load, kept: Kept) -> Sent:
    """Send the load; raises Failed when the database keeps fewer of it than were answered."""
    with copy.connect() as connection:
        before = connection.execute(kept.count).fetchall()[0][0]
        used = web.used()
        answers = tools.wrk(load)
        cpu = (web.used() - used) / answers.count
        found = connection.execute(kept.count).fetchall()[0][0] - before
    if found < answers.count:
        raise Failed(f"{answers.count} {kept.what} were answered, the database keeps {found}.")
    return Sent(answers.per_second, cpu)
