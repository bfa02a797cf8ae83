"""Ending a session past its limits at the very request that comes too late."""

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from rembuk.accounts.models import Person
from rembuk.accounts.sessions.limits import End
from rembuk.logbook import events
from rembuk.web.accounts.sessions import marks

_ENDED = "_ended_session_of"


def still_in(request: HttpRequest, person: Person) -> Person | AnonymousUser:
    """The person, or nobody where the session is over; then it is gone at once, wherever the request leads."""
    why = marks.over(request, person)
    if why is None:
        return person
    _end(request, person, why)
    return AnonymousUser()


def ended_for(request: HttpRequest) -> int | None:
    """Whose session ended with this request: the id of a person, or ``None``."""
    ended: int | None = getattr(request, _ENDED, None)
    return ended


def _end(request: HttpRequest, person: Person, why: End) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    request.session.flush()
    setattr(request, _ENDED, person.pk)
    events.security("session.over", person_id=person.pk, why=why)
