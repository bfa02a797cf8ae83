"""The key in a form, and the key of what was sent: the same only for the same content, from the same person, to the same place.

A form sent again with other content (back in the browser, a word corrected) is another deed and loses nothing.
"""

import hashlib
import secrets
import uuid
from collections.abc import Iterator

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

FIELD = "kiriman"
NOT_CONTENT = frozenset({FIELD, "csrfmiddlewaretoken"})
_LONGEST = 64
_KEPT = "_form_key"


def new_key(request: HttpRequest | None) -> str:
    """A key by chance for the forms of one page: 128 bits."""
    key: str | None = getattr(request, _KEPT, None)
    if key is None:
        key = secrets.token_urlsafe(16)
        if request is not None:
            setattr(request, _KEPT, key)
    return key


def key_of(request: HttpRequest) -> uuid.UUID | None:
    """The key of what was sent; ``None`` for a form without one (an old page, a program)."""
    given = request.POST.get(FIELD, "")
    if not given or len(given) > _LONGEST:
        return None
    digest = hashlib.blake2b(digest_size=16)
    for part in _parts(request, given):
        digest.update(len(part).to_bytes(8, "big") + part)
    return uuid.UUID(bytes=digest.digest())


def _parts(request: HttpRequest, given: str) -> Iterator[bytes]:
    yield from (
        text.encode("utf-8", "replace") for text in (given, request.get_full_path(), _sender(request))
    )
    for name, values in request.POST.lists():
        if name not in NOT_CONTENT:
            yield from (str(text).encode("utf-8", "replace") for text in (name, *values))
    for name, files in request.FILES.lists():
        for file in files:
            yield f"{name} {file.name} {file.size}".encode("utf-8", "replace")
            yield _content(file)


def _sender(request: HttpRequest) -> str:
    """The person, where a session says so; a visitor is known by the key alone, which nobody else has seen."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return ""
    return str(request.user.pk)


def _content(file: "UploadedFile[bytes]") -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.digest()
