"""Refusals of a limit that were told a moment ago: to the same browser, or to anybody at a network who sends a password.

All of it runs on the loop, so nothing here is locked.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rembuk.accounts.quotas import network
from rembuk.web.accounts import known
from rembuk.web.addresses import first_hop
from rembuk.web.answers import OF_NETWORK
from rembuk.web.sending.unsent import HOLDS_WORDS
from rembuk.web.serving.environ import LOCAL, Scope

Headers = list[tuple[str, str]]

REMEMBERED_SECONDS = 5.0
MOST_REMEMBERED = 1000

_SHAPES_ANSWER = (b"accept-encoding", b"hx-request")
_OF_BROWSER = (b"cookie", *_SHAPES_ANSWER, b"authorization")
_NOT_AGAIN = frozenset({"set-cookie", "retry-after", "connection"})
_KNOWN = f"{known.NAME}=".encode()


@dataclass(frozen=True, slots=True)
class _Browser:
    """A browser, and what it does: a limit counts acts of a person, whichever thing they are done to."""

    words: tuple[str, ...]
    sent: tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Network:
    """A network where somebody sends a password without a session, and not by a browser whose tries count for itself."""

    address: str
    path: str
    sent: tuple[tuple[bytes, bytes], ...]


type Key = _Browser | _Network


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal that needs no thread."""

    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    """A refusal, when it was told, and when the limit ends."""

    refusal: Refusal
    at: float
    ends: float


class Told:
    """The refusals of the last seconds."""

    def __init__(self, cookie: str, seconds: Callable[[], float]) -> None:
        """``cookie`` names that of a session; ``seconds`` is the clock."""
        self._session, self._seconds = f"{cookie}=".encode(), seconds
        self._kept: dict[Key, _Kept] = {}

    def remember(self, scope: Scope, headers: Headers, body: bytes, *, has_password: bool) -> None:
        """Keep a refusal, unless it holds what was typed: the next text is another one.

        A network's is for all there, so it holds no query either, which stands in the page's links.
        """
        told = {name.lower(): value for name, value in headers}
        after = told.get("retry-after", "")
        key = self._key(scope, has_password=has_password)
        if key is None or not after.isdecimal() or HOLDS_WORDS.lower() in told:
            return
        if isinstance(key, _Network) and (scope["query_string"] or OF_NETWORK.lower() not in told):
            return
        self._kept.pop(key, None)
        while len(self._kept) >= MOST_REMEMBERED:
            del self._kept[next(iter(self._kept))]
        kept = [(name, value) for name, value in headers if name.lower() not in _NOT_AGAIN]
        now = self._seconds()
        self._kept[key] = _Kept(Refusal(429, kept, body), now, now + int(after))

    def again(self, scope: Scope, *, has_password: bool) -> Refusal | None:
        """What is told again, with the seconds that are left; it ends the connection."""
        if not self._kept or (key := self._key(scope, has_password=has_password)) is None:
            return None
        if (kept := self._kept.get(key)) is None:
            return None
        now = self._seconds()
        if now >= min(kept.ends, kept.at + REMEMBERED_SECONDS):
            del self._kept[key]
            return None
        left = ("Retry-After", str(max(1, int(kept.ends - now))))
        return Refusal(429, [*kept.refusal.headers, left, ("Connection", "close")], kept.refusal.body)

    def _key(self, scope: Scope, *, has_password: bool) -> Key | None:
        if scope["method"] != "POST":
            return None
        headers = scope["headers"]
        cookies = b"; ".join(value for name, value in headers if name == b"cookie")
        if self._session in cookies:
            sent = tuple(pair for pair in headers if pair[0] in _OF_BROWSER)
            words = (word for word in scope["path"].split("/") if not any(map(str.isdigit, word)))
            return _Browser(tuple(words), sent)
        if not has_password or _KNOWN in cookies:
            return None
        sent = tuple(pair for pair in headers if pair[0] in _SHAPES_ANSWER)
        return _Network(network(_address(scope)), scope["path"], sent)


def _address(scope: Scope) -> str:
    forwarded = (value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for")
    return first_hop((scope["client"] or (LOCAL, 0))[0], ",".join(forwarded))
