"""A protocol for uvicorn that answers from kept pages at once, before a request becomes a task or needs a thread.

Anything unusual (a body, a second request before the first is answered, a client that reads slowly) takes the way of all
other requests, so what is promised holds with and without it.
"""

import asyncio
import sys
from collections.abc import Iterable

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from rembuk.web.pagecache.entries import Form, without_body
from rembuk.web.pagecache.questions import READ

PATIENCE_SECONDS = 75.0
"""How long a connection may be idle, and how long headers may take: longer than nginx keeps one (60 s)."""
BODY_SECONDS = 600.0
"""How long a body may take that keeps coming: some pictures from a slow phone."""
HEADER_BYTES = 64 * 1024
"""How much may come without an end of the headers or a piece of the body: headers, trailers, lengths of chunks."""
ONE_PIECE = 16 * 1024
"""Up to so many bytes of a page are copied behind their headers, which costs the system less than two pieces; more is sent
as it is kept, so that slow readers of a long page wait for the same bytes."""
_OF_BODIES = frozenset({b"content-length", b"transfer-encoding"})


class Readers(HttpToolsProtocol):
    """One connection. The application has ``at_hand``, as the page cache does."""

    _is_answered = False
    _idle_bytes = 0
    """How much came since a request began, had its headers, had a piece of its body, or ended."""
    _began = 0.0
    _since = 0.0
    """When the connection or a request began, or the last piece of a body came."""
    _unsent = sys.maxsize
    """How much was not sent at the last look, of a client that does not read as fast as it is answered."""
    _watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client came; it may not keep the connection for nothing."""
        super().connection_made(transport)
        self._began = self._since = self.loop.time()
        self._watch = self.loop.call_later(PATIENCE_SECONDS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """It left."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, up to so much of headers and trailers."""
        self._idle_bytes += len(data)
        super().data_received(data)
        if self._idle_bytes > HEADER_BYTES and not self.transport.is_closing():
            self.send_400_response("The headers are too long.")

    def resume_writing(self) -> None:
        """The client reads."""
        self._unsent = sys.maxsize
        super().resume_writing()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_answered, self._idle_bytes = False, 0
        self._began = self._since = self.loop.time()
        self.url, self.headers, self.expect_100_continue = b"", [], False  # the rest if it is handed on

    def on_headers_complete(self) -> None:
        """Answer from what is kept, or hand the request on."""
        self._idle_bytes = 0
        if self.transport.is_closing():
            self._is_answered = True
            return
        if (found := self._kept()) is None:
            self._hand_on()
            return
        self._is_answered = True
        self._send(*found)

    def on_body(self, body: bytes) -> None:
        """A piece of a body came."""
        self._idle_bytes, self._since = 0, self.loop.time()
        if not self._is_answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request has ended; one that is answered already has no body."""
        self._idle_bytes = 0
        if not self._is_answered:
            super().on_message_complete()

    def _hand_on(self) -> None:
        """Hand the request to the threads. A wish for another protocol is ignored, as far as the parser lets us."""
        wishes = self.parser.should_upgrade()
        if wishes and any(name in _OF_BODIES for name, _ in self.headers):
            self._is_answered = True
            self.send_400_response("A request with a body cannot change the protocol.")
            return
        self._make_scope()
        super().on_headers_complete()
        self.headers = []  # for trailers, which nobody asks for: the scope has the list of the headers
        if wishes:
            self.cycle.keep_alive = False  # the parser reads nothing after it

    def _look(self) -> None:
        """End the connection of a client that sent nothing, no whole request, or reads nothing, in its time.

        One look for many requests: a timer for each would cost as much as finding the page. What Django answered has
        uvicorn's own timer besides.
        """
        again = PATIENCE_SECONDS
        if self.flow.write_paused or self.transport.is_closing():
            # Nothing is written before it is resumed, so what is unsent becomes less if the client reads at all.
            unsent = self.transport.get_write_buffer_size()
            if unsent >= self._unsent:
                self.transport.abort()
                return
            self._unsent = unsent
        elif (left := self._seconds_left()) > 0 or self._is_at_work():
            again = max(left, 1.0)
        else:
            self.transport.close()
        self._watch = self.loop.call_later(again, self._look)

    def _seconds_left(self) -> float:
        return min(self._since + PATIENCE_SECONDS, self._began + BODY_SECONDS) - self.loop.time()

    def _is_at_work(self) -> bool:
        """Whether the client waits for us; not while we wait for the rest of its body."""
        if self.pipeline:
            return True
        return self.cycle is not None and not (self.cycle.response_complete or self.cycle.more_body)

    def _make_scope(self) -> None:
        """What ``on_message_begin`` of uvicorn makes for each request, which a kept page does not need."""
        url, headers, is_awaited = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, is_awaited
        self.headers += headers  # the list that the scope has

    def _kept(self) -> tuple[Form, int, bool] | None:
        """The page from the cache; ``None`` where the request takes the way of all others."""
        if (self.cycle is not None and not self.cycle.response_complete) or self.flow.write_paused:
            return None
        lines = tuple([line for line in self.headers if line[0] in READ])
        found: tuple[Form, int, bool] | None = self.app.at_hand(
            self.parser.get_method(), self.url, self.scheme, lines
        )
        return found

    def _send(self, form: Form, age: int, is_unchanged: bool) -> None:
        now = self.server_state.default_headers  # another list each second
        is_last = not self.parser.should_keep_alive() or self.parser.get_http_version() != "1.1"
        if is_last or is_unchanged:
            head = _head(form, age, now, is_unchanged=is_unchanged, is_last=is_last)
        elif (told := form.head) is not None and told[0] is now and told[1] == age:
            head = told[2]
        else:
            head = _head(form, age, now)
            form.head = now, age, head
        if is_unchanged or self.parser.get_method() != b"GET":
            self.transport.write(head)
        elif len(form.body) <= ONE_PIECE:
            self.transport.write(head + form.body)
        else:
            self.transport.writelines((head, form.body))
        self.server_state.total_requests += 1
        if is_last:
            self.transport.close()


def _head(
    form: Form,
    age: int,
    now: Iterable[tuple[bytes, bytes]],
    *,
    is_unchanged: bool = False,
    is_last: bool = False,
) -> bytes:
    """All that is sent before the body; ``now`` are the headers with the date."""
    kept = without_body(form.headers) if is_unchanged else form.headers
    lines = [f"{name}: {value}".encode("latin-1") for name, value in kept]
    return b"\r\n".join(
        [
            b"HTTP/1.1 304 Not Modified" if is_unchanged else b"HTTP/1.1 200 OK",
            *(b"%b: %b" % pair for pair in now),
            *lines,
            b"Age: %d" % age,
            *([b"Connection: close"] if is_last else []),
            b"\r\n",
        ]
    )
