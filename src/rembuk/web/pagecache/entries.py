"""A kept page: its bytes in identity, gzip and brotli, each with its strong tag, ready to be sent."""

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import brotli

type Headers = list[tuple[str, str]]

WORTH_PACKING = 500
"""Shorter answers are sent as they are, in bytes."""
_PACKED = re.compile(r"text/|javascript|json|xml|svg")
_CODE = re.compile(rb"\b(?:USL|PRG|UJP)-\d{4}-\d{4,9}\b")
_OF_BODY = frozenset({"content-length", "content-type", "content-encoding"})
_OWN = frozenset({"content-length", "content-encoding", "etag", "connection", "transfer-encoding", "date"})


@dataclass(slots=True)
class Form:
    """One packing of a page: the bytes and all headers but its age."""

    body: bytes
    tag: str
    headers: Headers
    head: tuple[object, int, bytes] | None = None
    """All that a web server of its own loop sent before the body the last time; with it of when it was, and the age."""


@dataclass(slots=True)
class Entry:
    """A page as it was made at ``made_at`` (seconds of the monotonic clock), good for ``lifetime`` seconds.

    ``codes`` are the public codes of proposals, programmes and consultations that stand in it or its address.
    ``outdated_at`` is when a staff act was noticed that it may not show yet. It is packed when a browser first asks for that
    packing.
    """

    forms: dict[str, Form]
    is_packable: bool
    lifetime: int
    made_at: float
    path_code: str
    codes: frozenset[str]
    outdated_at: float | None = None

    @property
    def size(self) -> int:
        """What it takes at most, in bytes: packed text is less than half of itself."""
        return int(len(self.forms[""].body) * (1.6 if self.is_packable else 1)) + 2_000

    def is_fresh(self, now: float) -> bool:
        """Whether it can be shown without a thought."""
        return self.outdated_at is None and now - self.made_at < self.lifetime


def make(path: str, headers: Headers, body: bytes, *, lifetime: int, made_at: float) -> Entry:
    """Keep an answer of Django, an unpacked 200 with a strong tag."""
    given = {name.lower(): value for name, value in headers}
    kept = [(name, value) for name, value in headers if name.lower() not in _OWN]
    found = _CODE.search(path.encode())
    return Entry(
        forms={"": _form(body, given.get("etag", "").strip('"'), kept, "")},
        is_packable=len(body) >= WORTH_PACKING and bool(_PACKED.search(given.get("content-type", ""))),
        lifetime=lifetime,
        made_at=made_at,
        path_code=found[0].decode() if found else "",
        codes=frozenset(code.decode() for text in (path.encode(), body) for code in _CODE.findall(text)),
    )


def _form(body: bytes, core: str, kept: Headers, encoding: str) -> Form:
    tag = f'"{core}-{encoding}"' if encoding else f'"{core}"'
    headers = [*kept, ("ETag", tag), ("Content-Length", str(len(body)))]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    return Form(body, tag, headers)


def form_for(entry: Entry, accepted: str) -> Form:
    """The smallest packing that the browser takes."""
    name = preference(accepted)[0] if entry.is_packable else ""
    found = entry.forms.get(name)
    if found is None:
        plain = entry.forms[""]
        kept = [pair for pair in plain.headers if pair[0].lower() not in _OWN]
        found = entry.forms[name] = _form(_PACK[name](plain.body), plain.tag.strip('"'), kept, name)
    return found


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=5))


_PACK = {"gzip": _gzip, "br": _brotli}


@lru_cache(maxsize=256)
def preference(accepted: str) -> tuple[str, ...]:
    """Packings by size that an Accept-Encoding header allows; plain bytes are always among them (RFC 9110 section 12.5.3)."""
    allowed = set()
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            allowed.add(name.strip())
    return (*(name for name in ("br", "gzip") if name in allowed or "*" in allowed), "")


def has(tag: str, if_none_match: str) -> bool:
    """Whether a browser has this very form already (RFC 9110 section 13.1.2)."""
    if not if_none_match:
        return False
    given = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return tag in given or "*" in given


def without_body(headers: Headers) -> Headers:
    """Of the headers of a page those that a 304 has, too."""
    return [pair for pair in headers if pair[0].lower() not in _OF_BODY]


def touched(entry: Entry, changes: Iterable[tuple[str, str]]) -> bool:
    """Whether a page may have to show one of the changes (kind, key).

    A proposal, programme or consultation is on the pages with its code; pages of no single one, such as lists, may have
    to show it now. What stands in one of them, such as a comment, has its mark. Whatever else changed (settings, units, words)
    may be anywhere, and so may what a deed shows that is not in place (``audit.verbs``): it has a second mark, of no kind.
    """
    return any(
        kind not in ("proposal", "program", "consultation") or not entry.path_code or key in entry.codes
        for kind, key in changes
    )
