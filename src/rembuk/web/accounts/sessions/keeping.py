"""What was typed into a form that came after the session's end: kept until the same person has signed in again.

It lies in the session of this browser, for an hour, and is shown to nobody else. Files are not kept, and nothing of a view
that asks for passwords or codes: it says so itself (``nothing_kept``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rembuk.common.clock import now

LASTS = 3600
MOST = 500_000
"""Characters of all fields; what is longer is not kept."""
_KEY = "form_kept"
_MARK, _NEW = "is_nothing_kept", "_form_kept_now"
_SECRET = {"password", "present"}
"""Fields that are never kept, even where a view forgot to say so; other names may mean something else elsewhere."""
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
_TEXT = 12
"""From this length on a value is something that a person wrote, and is shown."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was not taken: where it was sent, its fields in their order, and whether files are missing."""

    path: str
    page: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool

    @property
    def texts(self) -> list[str]:
        """What a person wrote, to be read and copied."""
        return [
            value for _name, value in self.fields if len(value) >= _TEXT and any(c.isspace() for c in value)
        ]


def nothing_kept[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """Mark a view whose forms hold passwords or codes; below its guard, which carries the mark on."""
    setattr(view, _MARK, True)
    return view


def keep(request: HttpRequest, person_id: int, *, page: str) -> None:
    """Keep a form that a signed-in person sent too late; ``page`` is the one it stood on."""
    if request.method != "POST" or _is_secret(request):
        return
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != _TOKEN]
    if sum(len(value) for _name, value in fields) > MOST:
        return
    request.session[_KEY] = {
        "person": person_id,
        "at": int(now().timestamp()),
        "path": request.get_full_path(),
        "page": page,
        "fields": fields,
        "had_files": bool(request.FILES),
    }
    setattr(request, _NEW, True)


def kept(request: HttpRequest) -> Kept | None:
    """What waits for the signed-in person in this browser; what is another's, or too old, is dropped."""
    found = request.session.get(_KEY)
    if found is None:
        return None
    if found["person"] != request.user.pk or now().timestamp() - found["at"] > LASTS:
        drop(request)
        return None
    fields = tuple((name, value) for name, value in found["fields"])
    return Kept(found["path"], found["page"], fields, found["had_files"])


def drop(request: HttpRequest) -> None:
    """Keep it no longer."""
    request.session.pop(_KEY, None)


def drop_if_sent(request: HttpRequest, response: HttpResponseBase) -> None:
    """Keep it no longer once a form was taken where this one was to go: what comes back is sent once.

    A form that this very request kept was not taken, although it was answered by a redirect.
    """
    if request.method != "POST" or response.status_code >= HTTPStatus.BAD_REQUEST:
        return
    found = request.session.get(_KEY)
    is_new = getattr(request, _NEW, False)
    if found is not None and not is_new and found["path"] == request.get_full_path():
        drop(request)


def _is_secret(request: HttpRequest) -> bool:
    view = request.resolver_match.func if request.resolver_match else None
    return bool(getattr(view, _MARK, False) or _SECRET & set(request.POST))
