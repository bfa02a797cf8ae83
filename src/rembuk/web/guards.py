"""Who may open a page, stated on the view itself; and the one place where expected errors become HTTP.

Every view carries exactly one guard. The route walker in the tests refuses a view without one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Literal, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rembuk.access import rights
from rembuk.access.permissions import DESK_ENTER, Permission
from rembuk.accounts.models import Person
from rembuk.common.errors import Denied
from rembuk.web.accounts import ways
from rembuk.web.accounts.second_factor.required import closed_desk
from rembuk.web.accounts.sessions import keeping
from rembuk.web.accounts.sessions.ending import ended_for

type View = Callable[..., HttpResponseBase]

READING = ("GET", "HEAD")
LONGEST_QUERY = 4_000
"""No form of a visitors' page asks for so much; a page repeats its query in many links."""


class PersonRequest(HttpRequest):
    """A request that a guard has seen a signed-in person for."""

    user: Person


@dataclass(frozen=True, slots=True)
class Guard:
    """What a view asks of the reader: any of the permissions.

    ``lifetime`` is the shared-cache seconds of a visitors' page, ``reads`` the parameters of its query.
    """

    kind: Literal["visitor", "form", "person", "staff", "machine"]
    permissions: tuple[Permission, ...] = ()
    lifetime: int = 0
    reads: frozenset[str] = frozenset()


def guard_of(view: object) -> Guard | None:
    """The guard a view carries, or ``None``."""
    return getattr(view, "guard", None)


def _carry(wrapped: View, guard: Guard) -> View:
    wrapped.guard = guard  # type: ignore[attr-defined]
    return wrapped


def visitors_page(lifetime: int = 30, reads: Iterable[str] = ()) -> Callable[[View], View]:
    """A reading page, the same bytes for every visitor: no cookie, no token, cacheable by shared caches.

    ``reads`` names every parameter of the query that the page understands; with any other it is never kept.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method not in READING:
                return HttpResponseNotAllowed(READING)
            if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
                raise BadRequest(_("The address is too long. Search with fewer words."))
            return view(request, *args, **kwargs)

        return _carry(guarded, Guard("visitor", lifetime=lifetime, reads=frozenset(reads)))

    return decorate


def open_form(view: View) -> View:
    """A page with a form that a visitor may send: private, never stored."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in (*READING, "POST"):
            return HttpResponseNotAllowed([*READING, "POST"])
        return view(request, *args, **kwargs)

    return _carry(guarded, Guard("form"))


def machine_page(view: View) -> View:
    """A page for machines: health, metrics, static answers."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return _carry(guarded, Guard("machine"))


def signed_in(view: View) -> View:
    """A page for any signed-in person; others are led to sign in and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return view(cast(PersonRequest, request), *args, **kwargs)

    return _carry(guarded, Guard("person"))


def requires(*permissions: Permission) -> Callable[[View], View]:
    """A staff page for holders of any of the permissions in any unit; the rule still asks for the unit."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not any(rights.can(request.user, permission) for permission in permissions):
                raise Denied(_("You have no right to open this page."))
            if (closed := closed_desk(request, cast(PersonRequest, request).user)) is not None:
                return closed
            return view(cast(PersonRequest, request), *args, **kwargs)

        return _carry(guarded, Guard("staff", permissions))

    return decorate


def staff_only(view: View) -> View:
    """A staff page for everybody who may enter the desk."""
    return requires(DESK_ENTER)(view)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in page and back; a fragment asked for by htmx leads the whole page there.

    What somebody sent after the end of her session is kept until she has signed in again.
    """
    answer = redirect_to_login(_way_back(request))
    if (person_id := ended_for(request)) is not None:
        keeping.keep(request, person_id, page=_way_back(request))
        answer = redirect_to_login(_way_back(request), f"{reverse(settings.LOGIN_URL)}?sesi=berakhir")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": answer.url})
    return answer


def _way_back(request: HttpRequest) -> str:
    """Where to return after sign-in: this page, or for a sent form the page of this site that it says it stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    wanted = request.POST.get("next", "")
    return wanted if ways.is_safe(request, wanted) else request.path
