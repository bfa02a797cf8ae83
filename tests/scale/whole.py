"""Statements that have to read a big table from end to end: how each begins, why, and how often at most."""

from typing import NamedTuple


class Whole(NamedTuple):
    """Why a statement reads everything, and what keeps it from doing so for every visitor."""

    why: str
    at_most: str


WHOLE = {
    "SELECT status::text, count(*) FROM procrastinate_jobs": Whole(
        why="The probe counts what waits; jobs that succeeded are deleted, so that the table is the queue.",
        at_most="Once for each call of /readyz, by the machine that watches the site.",
    ),
}


def excuse(sql: str) -> str:
    """The beginning of the exception that a statement falls under, or nothing."""
    plain = " ".join(sql.split())
    return next((begin for begin in WHOLE if plain.startswith(begin)), "")
