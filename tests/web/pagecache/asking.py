"""Asking a WSGI application as a web server does, with real requests and the whole answer, at a time of one's own."""

import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


class Seconds:
    """A clock that a test turns."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers by lower-case name (of the same name with commas between), bytes."""

    status: int
    headers: dict[str, str]
    body: bytes


def request(path: str, *, method: str = "GET", **headers: str) -> dict[str, Any]:
    """The environment of a request; ``accept_encoding="br"`` and the like are its headers."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }


def ask(
    application: Callable[..., Iterable[bytes]], path: str, *, method: str = "GET", **headers: str
) -> Answer:
    """One request and its answer."""
    seen: list[tuple[str, list[tuple[str, str]]]] = []
    environ = request(path, method=method, **headers)
    body = application(environ, lambda status, given, _exc=None: seen.append((status, given)))
    whole = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    status, given = seen[-1]
    found: dict[str, str] = {}
    for name, value in given:
        found[name.lower()] = ", ".join(filter(None, (found.get(name.lower()), value)))
    return Answer(int(status.split()[0]), found, whole)
