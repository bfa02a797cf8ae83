"""What a page costs over the wire and how steadily it comes up, as Chromium itself counts it on a phone.

Bytes with headers and packed as sent; what the browser has kept costs nothing, what it asks for again costs the answer.
Pictures below the screen count when the browser fetches them.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

FIRST_VIEW, SECOND_VIEW = 60_000, 15_000
"""Bytes of a view with an empty browser, and of a later one."""

_BLOCKING = """() => performance.getEntriesByType("resource")
  .filter(one => one.renderBlockingStatus === "blocking").map(one => new URL(one.name).pathname)"""
_SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer: its path, kind as the browser names it, and bytes."""

    path: str
    kind: str
    bytes: int


@dataclass(slots=True)
class View:
    """One view of a page: what came over the wire, which files held it back, how far things moved (CLS)."""

    pieces: list[Piece] = field(default_factory=list)
    blocking: list[str] = field(default_factory=list)
    shift: float = 0.0

    @property
    def bytes(self) -> int:
        """All that came over the wire."""
        return sum(piece.bytes for piece in self.pieces)

    def of(self, *kinds: str) -> int:
        """The bytes of some kinds: Document, Stylesheet, Script, Image."""
        return sum(piece.bytes for piece in self.pieces if piece.kind in kinds)

    def __str__(self) -> str:
        kinds: Counter[str] = Counter()
        for piece in self.pieces:
            kinds[piece.kind] += piece.bytes
        heaviest = sorted(self.pieces, key=lambda piece: -piece.bytes)[:4]
        parts = ", ".join(f"{kind} {amount / 1000:.1f}" for kind, amount in kinds.most_common() if amount)
        largest = ", ".join(f"{piece.path} {piece.bytes / 1000:.1f}" for piece in heaviest if piece.bytes)
        return f"{self.bytes / 1000:.1f} KB ({parts}; heaviest: {largest})"


def first_and_second(page: Page, address: str) -> tuple[View, View]:
    """A view with nothing kept, and the same address again by way of an empty page."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    first = look(page, address)
    page.goto("about:blank")
    return first, look(page, address)


def look(page: Page, address: str) -> View:
    """Open an address and wait until nothing more comes."""
    view = View()
    with _counted(page, view):
        answer = page.goto(address, wait_until="networkidle")
    assert answer is not None
    assert answer.status in (200, 304), f"{address}: {answer.status}"
    view.blocking = page.evaluate(_BLOCKING)
    view.shift = page.evaluate(_SHIFTS)
    return view


@contextmanager
def _counted(page: Page, view: View) -> Iterator[None]:
    session = page.context.new_cdp_session(page)
    begun: dict[str, tuple[str, str]] = {}

    def sent(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            begun[event["requestId"]] = (urlsplit(event["request"]["url"]).path, event.get("type", "Other"))

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] in begun:
            path, kind = begun[event["requestId"]]
            view.pieces.append(Piece(path, kind, int(event["encodedDataLength"])))

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    try:
        yield
    finally:
        session.detach()
