"""The marks of a session: when it began and when it was last used. They stand in its own row, so they cost no query."""

from typing import Any

from django.http import HttpRequest

from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.accounts.sessions import limits
from rembuk.common.clock import now

MINUTE, QUARTER = 60, 15 * 60
_BEGAN, _USED = "began_at", "used_at"


def begin(sender: object, request: HttpRequest | None, user: Any, **kwargs: object) -> None:
    """Mark the beginning, whoever lets the person in (receiver of Django's ``user_logged_in``)."""
    if request is not None:
        request.session[_BEGAN] = request.session[_USED] = _moment()


def over(request: HttpRequest, person: Person) -> limits.End | None:
    """Why the session of a request is over, or ``None``."""
    marks = request.session.get(_BEGAN), request.session.get(_USED)
    return limits.over(*marks, _moment(), is_staff=lambda: rights.is_staff(person))


def use(request: HttpRequest, person: Person) -> None:
    """Note that the session was used just now: for staff to the minute, which their limit of rest needs.

    Of somebody whose rights this request did not ask for, a quarter of an hour is near enough: pages of staff ask.
    """
    moment = _moment()
    step = MINUTE if rights.were_asked(person) and rights.is_staff(person) else QUARTER
    if moment - request.session.get(_USED, moment) >= step:
        request.session[_USED] = moment


def _moment() -> int:
    return int(now().timestamp())
