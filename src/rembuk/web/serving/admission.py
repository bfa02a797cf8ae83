"""What is refused before it takes a thread, and who waits for a thread outside the line of readers.

All of it runs on the loop, so nothing here is locked.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from prometheus_client import Counter

from rembuk.accounts.passwords.hashing import SLOTS
from rembuk.web.serving.environ import Scope
from rembuk.web.serving.told import Headers, Refusal, Told

WAITING_FOR_EACH = 32
"""So many requests may wait for each thread: about a second of pages. Whoever comes then is told at once."""
HASHING_AT_WORK, HASHING_INSIDE = SLOTS + 1, 12 * SLOTS
"""Of requests that hash a password so many hold a thread at once, and so many are inside: half a second of hashes."""
_BUSY = "Situs sedang sangat ramai. Silakan coba lagi sebentar lagi.\nThe site is very busy. Please try again in a moment.\n"
_NO_HOST = "Permintaan harus menyebut satu Host.\nA request must name one Host.\n"
_HASHES = re.compile(r"(?:/en)?/akun/(?:daftar|masuk|masuk/kata-sandi|kata-sandi|atur-ulang/[^/]+)/")
_REFUSED = Counter(
    "rembuk_refused_at_once",
    "Requests refused without a thread: busy (too many wait), bodies (too many are sent), password (too many sign in), "
    "again (a limit was told before)",
    ["why"],
)


class Admission:
    """Counts requests inside, and remembers whom a limit refused."""

    def __init__(self, threads: int, *, cookie: str, seconds: Callable[[], float] = time.monotonic) -> None:
        """``cookie`` names that of a session; ``seconds`` is the clock."""
        self._most, self._inside, self._hashing = threads * (1 + WAITING_FOR_EACH), 0, 0
        self._lane = asyncio.Semaphore(min(HASHING_AT_WORK, max(1, threads // 2)))
        self._told = Told(cookie, seconds)

    def refusal(self, scope: Scope) -> Refusal | None:
        """The answer to a request that is not let in."""
        if scope["http_version"] == "1.1" and sum(name == b"host" for name, _value in scope["headers"]) != 1:
            return plain(400, _NO_HOST)  # RFC 9112, 3.2
        hashes = _hashes(scope)
        if (again := self._told.again(scope, has_password=hashes)) is not None:
            _REFUSED.labels("again").inc()
            return again
        if hashes and self._hashing >= HASHING_INSIDE:
            return crowded("password", retry_after=5)
        if self._inside >= self._most:
            return crowded("busy", retry_after=2)
        return None

    @asynccontextmanager
    async def place(self, scope: Scope) -> AsyncIterator[None]:
        """Inside, with leave to take a thread."""
        hashes = _hashes(scope)
        self._inside, self._hashing = self._inside + 1, self._hashing + hashes
        try:
            if hashes:
                async with self._lane:
                    yield
            else:
                yield
        finally:
            self._inside, self._hashing = self._inside - 1, self._hashing - hashes

    def remember(self, scope: Scope, status: str, headers: Headers, body: bytes) -> None:
        """Keep the refusal of a limit for some seconds: who goes on at once gets it again and takes no thread."""
        if status.startswith("429"):
            self._told.remember(scope, headers, body, has_password=_hashes(scope))


def crowded(why: str, *, retry_after: int) -> Refusal:
    """A refusal of what would be too many, counted by what they are too many of."""
    _REFUSED.labels(why).inc()
    return plain(503, _BUSY, retry_after=retry_after)


def plain(status: int, text: str, *, retry_after: int = 0) -> Refusal:
    """A refusal in both languages. It ends the connection, whose body may be unread."""
    body = text.encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body))), ("Connection", "close"),
        ("Cache-Control", "no-store"),
    ]  # fmt: skip
    if retry_after:
        headers.append(("Retry-After", str(retry_after)))
    return Refusal(status, headers, body)


def _hashes(scope: Scope) -> bool:
    return scope["method"] == "POST" and _HASHES.fullmatch(scope["path"]) is not None
