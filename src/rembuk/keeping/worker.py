"""What the worker does: make anew what somebody asks for before it is a minute old, so that no page waits for it."""

from collections.abc import Iterable
from typing import Any

from rembuk.keeping import rows
from rembuk.keeping.values import Kept

# The rest of the minute is for the making, and for the pause of the loop.
AHEAD_SECONDS = 40.0
ASKED_SECONDS = 600.0
FORGOTTEN_SECONDS = 86_400.0


def remake_asked(every: Iterable[Kept[Any]]) -> int:
    """Make anew what is due and was asked for within ten minutes; returns how many. One that fails doesn't stop the others.

    Deletes what nobody asked for during a day, such as rows of a former version of the software.

    Raises:
        ExceptionGroup: what failed, after everything else was made.
    """
    rows.forget_unasked(FORGOTTEN_SECONDS)
    due, made, problems = rows.due(ASKED_SECONDS, AHEAD_SECONDS), 0, []
    for kept in every:
        if kept.key not in due:
            continue
        try:
            made += kept.remake(AHEAD_SECONDS) is not None
        except Exception as problem:  # the others are due all the same
            problems.append(problem)
    if problems:
        raise ExceptionGroup("values that could not be made", problems)
    return made
