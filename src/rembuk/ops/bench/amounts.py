"""How much is measured: enough for figures that stand still, or just enough to see that all of it works."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amounts:
    """``turns`` of ``seconds`` under wrk; ``rounds`` of ``calls`` of a page, by several ``processes``.

    So many ``runs`` of ``votes`` under pgbench; ``sessions`` of people who vote and comment over HTTP.
    """

    turns: int
    seconds: int
    processes: int
    rounds: int
    calls: int
    runs: int
    votes: int
    sessions: int


WHOLE = Amounts(
    turns=5, seconds=4, processes=5, rounds=4, calls=10, runs=9, votes=20_000, sessions=1_000
)  # fmt: skip
QUICK = Amounts(
    turns=1, seconds=1, processes=1, rounds=1, calls=3, runs=1, votes=320, sessions=200
)  # fmt: skip
MAKING = "made once a minute: "
"""Begins the names of what the worker makes for all pages, which is ordered as pages are."""
