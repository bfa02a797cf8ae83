"""What a reader asks of kept pages, read from the lines of a request as they came.

Few lines of a request matter here, and those are alike for most readers, so what they ask is remembered; what tells who
asks (a cookie, credentials) never is.
"""

from functools import lru_cache, partial
from typing import NamedTuple

from rembuk.web.pagecache.entries import preference
from rembuk.web.pagecache.requests import Environ, is_for_everybody, key_of
from rembuk.web.pagecache.store import Key

type Line = tuple[bytes, bytes]
"""A header: its name in small letters, its value."""

_NAMES = {
    b"host": "HTTP_HOST",
    b"cookie": "HTTP_COOKIE",
    b"authorization": "HTTP_AUTHORIZATION",
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"x-forwarded-proto": "HTTP_X_FORWARDED_PROTO",
    b"hx-request": "HTTP_HX_REQUEST",
}
_UNUSUAL = frozenset({b"content-length", b"transfer-encoding", b"expect", b"upgrade"})
_PERSONAL = frozenset({b"cookie", b"authorization"})
READ = _UNUSUAL.union(_NAMES)
"""The headers that matter; a caller may leave out all others."""
REMEMBERED, LONGEST = 2048, 1000
"""So many questions are remembered, of so many bytes of path, query and values at most."""


class Question(NamedTuple):
    """The page, the packing that its reader likes best, and the tags of the forms that she has (``If-None-Match``)."""

    key: Key
    packing: str
    has: str


class Questions:
    """Reads requests. Safe for threads."""

    def __init__(self, personal_cookies: tuple[str, ...]) -> None:
        self._read = partial(_question, personal_cookies)
        self._remember = lru_cache(REMEMBERED)(self._read)

    def read(self, method: bytes, url: bytes, scheme: str, lines: tuple[Line, ...]) -> Question | None:
        """What is asked; ``None`` where kept pages are not asked, or the request is unusual in anything.

        ``url`` is path and query as they came, ``lines`` are the headers of ``READ``.
        """
        if len(lines) > len(_NAMES):
            return None  # one of them comes twice or is unusual; what is remembered stays small
        length = len(url)
        for name, value in lines:
            if name in _PERSONAL:
                return self._read(method, url, scheme, lines)
            length += len(value)
        read = self._remember if length <= LONGEST else self._read
        return read(method, url, scheme, lines)


def _question(
    personal_cookies: tuple[str, ...], method: bytes, url: bytes, scheme: str, lines: tuple[Line, ...]
) -> Question | None:
    environ = _environ(method, url, scheme, lines)
    if environ is None or not is_for_everybody(environ, personal_cookies):
        return None
    packing = preference(environ.get("HTTP_ACCEPT_ENCODING", ""))[0]
    return Question(key_of(environ), packing, environ.get("HTTP_IF_NONE_MATCH", ""))


def _environ(method: bytes, url: bytes, scheme: str, lines: tuple[Line, ...]) -> Environ | None:
    """The request as WSGI has it, as far as the page cache looks at it; ``None`` for what takes the way of all others."""
    if not url.startswith(b"/") or b"%" in url or b"#" in url or not url.isascii():
        return None
    path, _, query = url.decode("ascii").partition("?")
    environ = {
        "REQUEST_METHOD": method.decode("ascii"),
        "wsgi.url_scheme": scheme,
        "PATH_INFO": path,
        "QUERY_STRING": query,
    }
    for name, value in lines:
        if (known := _NAMES.get(name)) is None or known in environ:
            return None
        environ[known] = value.decode("latin-1")
    return environ if "HTTP_HOST" in environ else None
