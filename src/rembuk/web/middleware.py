"""What happens around every view: the person, the language, the cache policy, expected errors."""

import gzip
import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.crypto import get_random_string
from django.utils.functional import SimpleLazyObject

from rembuk.accounts.models import Person
from rembuk.common.errors import DomainError
from rembuk.logbook import context
from rembuk.web import errors
from rembuk.web.accounts.sessions.ending import still_in
from rembuk.web.addresses import client_address
from rembuk.web.guards import Guard, guard_of
from rembuk.web.pagecache.requests import LISTED, is_listed, without_foreign_marks

type GetResponse = Callable[[HttpRequest], HttpResponse]

STAFF_PREFIX = "/kelola/"
WORTH_PACKING = 500
_ACCEPTS_GZIP = re.compile(r"\bgzip\b")


class PeopleOnlyWithASession:
    """Sets ``request.user``: nobody, without touching the session, when no session cookie came."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.user = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[assignment]
        else:
            request.user = AnonymousUser()
        return self.get_response(request)


def _person_of(request: HttpRequest) -> Person | AnonymousUser:
    cached = getattr(request, "_cached_person", None)
    if cached is None:
        cached = get_user(request)
        if isinstance(cached, Person):
            cached = still_in(request, cached)
        request._cached_person = cached  # type: ignore[attr-defined]
    return cached


class LanguageInThePath:
    """Indonesian without prefix, English under /en/; staff pages follow the person's setting. Nothing else decides."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _language(request: HttpRequest) -> str:
    if request.path_info.startswith(STAFF_PREFIX):
        person = request.user
        return person.language if isinstance(person, Person) else settings.LANGUAGE_CODE
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


class RequestContext:
    """Binds person, network address and path for logs and the audit trail; no names, no addresses of mail."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        values: dict[str, str | int | None] = {"address": client_address(request), "path": request.path}
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            values["person_id"] = request.user.pk
        context.bind(**values)
        return self.get_response(request)


class CachePolicy:
    """Visitors' pages are public with a strong ETag; everything else is ``private, no-store``."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.guard = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        guard: Guard | None = request.guard  # type: ignore[attr-defined]
        if _may_share(request, response, guard) and guard is not None:
            return _shared(request, response, guard)
        response["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> None:
        """Remember the guard of the view that answers."""
        request.guard = guard_of(view)  # type: ignore[attr-defined]


def _may_share(request: HttpRequest, response: HttpResponseBase, guard: Guard | None) -> bool:
    return (
        guard is not None
        and guard.kind == "visitor"
        and request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        # What the page cache doesn't keep, no other shared cache should: anybody can make such addresses without end.
        and is_listed(without_foreign_marks(request.META.get("QUERY_STRING", "")), guard.reads)
    )


def _shared(request: HttpRequest, response: HttpResponse, guard: Guard) -> HttpResponse:
    request.META[LISTED] = guard.reads
    response["Cache-Control"] = f"public, max-age=0, must-revalidate, s-maxage={guard.lifetime}"
    # nginx, which can't know of acts of staff, asks again after a second (docs/operate/nginx.md) and drops the header.
    response["X-Accel-Expires"] = "1"
    tag = errors.strong_etag(response.content)
    patch_vary_headers(response, ["Accept-Encoding"])
    if len(response.content) >= WORTH_PACKING and _ACCEPTS_GZIP.search(
        request.headers.get("Accept-Encoding", "")
    ):
        # Nothing in it is secret, so the same bytes may be packed the same way each time (cf. GZipMiddleware).
        response.content = gzip.compress(response.content, compresslevel=5, mtime=0)
        response["Content-Encoding"] = "gzip"
        tag = f'{tag[:-1]}-gz"'
    response["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=response) or response


class DomainErrors:
    """Expected errors become their page; the reference of an unexpected one finds its log record."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reference = context.request_id() or get_random_string(12)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if (
            response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
            and not response.streaming
            and not response.content
        ):
            return errors.not_allowed(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a DomainError, or of what the database refused in a race; ``None`` lets the rest become a 500."""
        if isinstance(error, DatabaseError):
            return errors.refused_late(request, error)
        return errors.answer(request, error) if isinstance(error, DomainError) else None


class WithoutNul:
    """Refuses addresses and queries with a NUL (400): no page has one, and PostgreSQL takes none in a text.

    The innermost of all, so that the refusal gets the headers of any page. Texts in forms are cleaned by their fields.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)
