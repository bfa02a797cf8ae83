"""When a session is over: for staff after 30 minutes of rest or 12 hours, for everybody 14 days after signing in.

NIST SP 800-63B, 4.2.3 (AAL2): sign in again after 12 hours, and after 30 minutes without activity. What counts is
what somebody is at this moment, not what she was when she signed in. Pure: instants are seconds since 1970.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

STAFF_REST = timedelta(minutes=30)
STAFF_WHOLE = timedelta(hours=12)
WHOLE = timedelta(days=14)
SEEN_STEP = timedelta(minutes=15)

type End = Literal["rest", "whole", "unmarked"]


def over(began: int | None, used: int | None, at: int, *, is_staff: Callable[[], bool]) -> End | None:
    """Why a session that began and was last used at these instants is over; ``None`` while it goes on.

    ``is_staff`` is asked only past a limit that holds for staff alone. A session without marks was made by no sign-in
    of this site.
    """
    if began is None or used is None:
        return "unmarked"
    if at - began >= WHOLE.total_seconds():
        return "whole"
    if at - began >= STAFF_WHOLE.total_seconds():
        return "whole" if is_staff() else None
    if at - used >= STAFF_REST.total_seconds():
        return "rest" if is_staff() else None
    return None


def ends_at(began_at: datetime, *, is_staff: bool) -> datetime:
    """When a session is over in any case."""
    return began_at + (STAFF_WHOLE if is_staff else WHOLE)


def is_open(began_at: datetime, seen_at: datetime, at: datetime, *, is_staff: bool) -> bool:
    """Whether a session may still be used, as far as the list of sessions knows; it notes a use to the quarter of an hour."""
    rested = is_staff and at - seen_at >= STAFF_REST + SEEN_STEP
    return at < ends_at(began_at, is_staff=is_staff) and not rested
