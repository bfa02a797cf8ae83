"""What is refused before it takes a thread, and who waits for a thread outside the line of readers.

All of it runs on the loop, so nothing here is locked.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from prometheus_client import Counter

from rembuk.accounts.passwords.hashing import SLOTS
from rembuk.web.sending.unsent import HOLDS_WORDS
from rembuk.web.serving.environ import Scope

Headers = list[tuple[str, str]]

WAITING_FOR_EACH = 32
"""So many requests may wait for each thread: about a second of pages. Whoever comes then is told at once."""
HASHING_AT_WORK, HASHING_INSIDE = SLOTS + 1, 16 * SLOTS
"""Of requests that hash a password so many hold a thread at once, and so many are inside: half a second of hashes."""
REMEMBERED_SECONDS = 5.0
MOST_REMEMBERED = 1000

BUSY = "Situs sedang sangat ramai. Silakan coba lagi sebentar lagi.\nThe site is very busy. Please try again in a moment.\n"
_NO_HOST = "Permintaan harus menyebut satu Host.\nA request must name one Host.\n"
_HASHES = re.compile(r"(?:/en)?/akun/(?:daftar|masuk|masuk/kata-sandi|kata-sandi|atur-ulang/[^/]+)/")
_OF_BROWSER = (b"cookie", b"accept-encoding", b"hx-request", b"authorization")
_NOT_AGAIN = frozenset({"set-cookie", "retry-after", "connection"})
_REFUSED = Counter(
    "rembuk_refused_at_once",
    "Requests refused without a thread: busy (too many wait), password (too many sign in), again (a limit was told before)",
    ["why"],
)

type Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal that needs no thread."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class _Told:
    """A refusal of a limit that somebody got a moment ago, and when her limit ends."""

    refusal: Refusal
    at: float
    ends: float


class Admission:
    """Counts requests inside, and remembers whom a limit refused."""

    def __init__(self, threads: int, *, cookie: str, seconds: Callable[[], float] = time.monotonic) -> None:
        """``cookie`` names that of a session; ``seconds`` is the clock."""
        self._most, self._cookie, self._seconds = (
            threads * (1 + WAITING_FOR_EACH),
            f"{cookie}=".encode(),
            seconds,
        )
        self._inside, self._hashing = 0, 0
        self._lane = asyncio.Semaphore(min(HASHING_AT_WORK, max(1, threads // 2)))
        self._told: dict[Key, _Told] = {}

    def refusal(self, scope: Scope) -> Refusal | None:
        """The answer to a request that is not let in."""
        if scope["http_version"] == "1.1" and sum(name == b"host" for name, _value in scope["headers"]) != 1:
            return plain(400, _NO_HOST)  # RFC 9112, 3.2
        if (again := self._again(scope)) is not None:
            _REFUSED.labels("again").inc()
            return again
        if _hashes(scope) and self._hashing >= HASHING_INSIDE:
            _REFUSED.labels("password").inc()
            return plain(503, BUSY, retry_after=5)
        if self._inside >= self._most:
            _REFUSED.labels("busy").inc()
            return plain(503, BUSY, retry_after=2)
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
        """Keep the refusal of a limit for some seconds: who goes on at once gets it again and takes no thread.

        Not one that holds what was typed: the next text is another one.
        """
        key = self._key(scope)
        after = next((value for name, value in headers if name.lower() == "retry-after"), "")
        if key is None or not status.startswith("429") or not after.isdecimal():
            return
        if any(name.lower() == HOLDS_WORDS.lower() for name, _value in headers):
            return
        while len(self._told) >= MOST_REMEMBERED:
            del self._told[next(iter(self._told))]
        kept = [(name, value) for name, value in headers if name.lower() not in _NOT_AGAIN]
        now = self._seconds()
        self._told[key] = _Told(Refusal(429, kept, body), now, now + int(after))

    def _again(self, scope: Scope) -> Refusal | None:
        if not self._told or (key := self._key(scope)) is None or (told := self._told.get(key)) is None:
            return None
        now = self._seconds()
        if now >= min(told.ends, told.at + REMEMBERED_SECONDS):
            del self._told[key]
            return None
        left = ("Retry-After", str(max(1, int(told.ends - now))))
        return Refusal(429, [*told.refusal.headers, left, ("Connection", "close")], told.refusal.body)

    def _key(self, scope: Scope) -> Key | None:
        """The browser, and what it does: a limit counts acts of a person, whichever thing they are done to."""
        if scope["method"] != "POST":
            return None
        sent = tuple(pair for pair in scope["headers"] if pair[0] in _OF_BROWSER)
        if not any(name == b"cookie" and self._cookie in value for name, value in sent):
            return None
        words = (word for word in scope["path"].split("/") if not any(map(str.isdigit, word)))
        return (*words, sent)


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
