"""Error pages: each says what happened and what to do next, with the right status."""

import hashlib
import sys

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import BadRequest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _
from psycopg.errors import ReadOnlySqlTransaction
from psycopg_pool import PoolTimeout

from rembuk.access.actions import note_denial
from rembuk.accounts.models import Person
from rembuk.common.errors import Busy, Denied, DomainError, Invalid, NotVisible, TooMany, WrongState
from rembuk.common.postgresql.refusals import refused_by_database
from rembuk.logbook import events
from rembuk.web.answers import OF_NETWORK
from rembuk.web.sending.unsent import HOLDS_WORDS, unsent

STATUS: dict[type[DomainError], int] = {
    Denied: 403,
    NotVisible: 404,
    WrongState: 409,
    Invalid: 422,
    Busy: 503,
    TooMany: 429,
}
DATABASE_GONE = (OperationalError, InterfaceError, PoolTimeout)


def strong_etag(body: bytes) -> str:
    """A strong ETag of a whole body."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of an expected error; a signed-in person's denial is recorded."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if isinstance(error, Denied):
        note_denied(request, error)
    if isinstance(error, WrongState):
        return _retargeted(request, refused(request, error))
    if isinstance(error, TooMany):
        return _later(request, status, error)
    return _retargeted(request, page(request, status, message=str(error)))


def _later(request: HttpRequest, status: int, error: TooMany) -> HttpResponse:
    """What was typed is in the page, to be sent again by one press; to htmx a note in the form, which stays as it is."""
    minutes = -(-error.retry_after // 60) if error.retry_after >= 60 else None
    context: dict[str, object] = {
        "message": str(error),
        "retry_minutes": minutes,
        "status": status,
        "reference": "",
    }
    is_beside = request.method == "POST" and bool(request.headers.get("HX-Request"))
    kept = None if is_beside else unsent(request)
    if kept is not None and kept.has_words:
        context["unsent"] = kept
    template = "errors/_later.html" if is_beside else "errors/429.html"
    response = _retargeted(request, render(request, template, context, status=status))
    response["Retry-After"] = str(error.retry_after)
    if error.is_of_network and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        response[OF_NETWORK] = "yes"
    if is_beside:
        response["HX-Retarget"], response["HX-Reswap"] = "this", "beforeend"
    elif "unsent" in context:
        response[HOLDS_WORDS] = "yes"
    return response


def refused(request: HttpRequest, error: WrongState, back_url: str = "") -> HttpResponse:
    """409: the step can't be taken now, or somebody was faster; ``back_url`` is where one sees how it stands."""
    return page(request, 409, message=str(error), is_overtaken=error.is_overtaken, back_url=back_url)


def _retargeted(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.headers.get("HX-Request"):
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


def refused_late(request: HttpRequest, error: DatabaseError) -> HttpResponse | None:
    """409 with words for what the database refused and no check saw, as in a race; ``None`` for a fault of ours."""
    words = refused_by_database(error)
    return answer(request, WrongState(words)) if words is not None else None


def note_denied(request: HttpRequest, error: Denied) -> None:
    """Log a denial, and record a signed-in person's in the trail."""
    match = request.resolver_match
    route = f"{match.view_name if match else request.path} {' '.join(map(str, match.kwargs.values())) if match else ''}"
    events.security("access.denied", route=route.strip())
    if isinstance(request.user, Person) or getattr(request.user, "is_authenticated", False):
        note_denial(by=request.user, what=route.strip(), reason=str(error))  # type: ignore[arg-type]


def page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    """The error page of a status, with what the template needs."""
    context.setdefault("reference", getattr(request, "reference", ""))
    return render(request, f"errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself is broken."""
    if _is_gone(exception):
        return broken(request)
    return page(request, 400, message=str(exception) if isinstance(exception, BadRequest) else "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 from Django itself."""
    return page(request, 403, message="")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 from the URL table."""
    return page(request, 404, message="")


def not_allowed(request: HttpRequest, refusal: HttpResponse) -> HttpResponse:
    """405 with words: a page that only takes what a button sends was opened; the page above it has the button."""
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    response = page(request, 405, back_url=above)
    response["Allow"] = refusal["Allow"]
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a missing or stale form token, in words a person can use."""
    return page(
        request,
        403,
        message=_(
            "This form was open for too long or came from elsewhere. Please go back, reload the page and send it again."
        ),
    )


def _is_gone(error: BaseException | None) -> bool:
    """Whether the database is away, or is a primary no more, as for a moment while another takes over.

    Django takes any fault while it keeps a session for a session that somebody ended.
    """
    if isinstance(error, SessionInterrupted) and error.__context__ is not None:
        error = error.__context__.__context__
    return isinstance(error, DATABASE_GONE) or isinstance(
        getattr(error, "__cause__", None), ReadOnlySqlTransaction
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away; renders without asking the database."""
    gone = _is_gone(sys.exc_info()[1])
    status = 503 if gone else 500
    if gone:
        connection.doubt()  # type: ignore[attr-defined]
    template = loader.get_template(f"errors/{status}.html")
    response = HttpResponse(
        template.render(
            {
                "reference": getattr(request, "reference", ""),
                "layout": "layouts/bare.html",
                "unsent": unsent(request) if gone else None,
            }
        ),
        status=status,
    )
    response["Cache-Control"] = "no-store"
    if gone:
        response["Retry-After"] = "15"
    return response
