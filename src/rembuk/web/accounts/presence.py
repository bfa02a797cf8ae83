"""Noting when and from where a session was last used, for the list of one's own sessions."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rembuk.accounts.actions.presence import note_active
from rembuk.accounts.models import Person
from rembuk.common.clock import now
from rembuk.web.accounts.sessions import keeping, marks
from rembuk.web.addresses import client_address

QUARTER = 15 * 60
_SEEN = "seen_at"


def begin(request: HttpRequest) -> None:
    """Remember that somebody signed in just now."""
    request.session[_SEEN] = int(now().timestamp())


class SessionsSeen:
    """At most every quarter of an hour, so that a page costs no extra query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _note(request)
        response = self.get_response(request)
        # After the page, which has asked for the rights; by now somebody may have signed out.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, Person):
            if not getattr(request, "is_by_itself", False):
                marks.use(request, request.user)
            keeping.drop_if_sent(request, response)
        return response


def _note(request: HttpRequest) -> None:
    moment, seen = now(), request.session.get(_SEEN)
    if seen is None or moment.timestamp() - seen < QUARTER:
        return
    request.session[_SEEN] = int(moment.timestamp())
    assert isinstance(request.user, Person)
    note_active(request.user, at=moment)
    UserSession.objects.filter(session_key=request.session.session_key).update(
        last_seen_at=moment,
        ip=client_address(request) or "0.0.0.0",  # noqa: S104
        user_agent=request.headers.get("User-Agent", "")[:200],
    )
