"""A protocol for uvicorn that answers from kept pages at once, before a request becomes a task or needs a thread.

Anything unusual (a body, a second request before the first is answered, a client that reads slowly) takes the way of all
other requests, so what is promised holds with and without it.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from rembuk.web.pagecache.entries import Form

PATIENCE_SECONDS = 75.0
"""How long a connection may be idle, and how long headers may take: longer than nginx keeps one (60 s)."""
HEADER_BYTES = 64 * 1024
# All that the page cache looks at.
_ASKED = {
    b"host": "HTTP_HOST",
    b"cookie": "HTTP_COOKIE",
    b"authorization": "HTTP_AUTHORIZATION",
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"x-forwarded-proto": "HTTP_X_FORWARDED_PROTO",
    b"hx-request": "HTTP_HX_REQUEST",
}
_UNUSUAL = frozenset({b"content-length", b"transfer-encoding", b"expect", b"upgrade"})
_PACKAGE = frozenset({"content-length", "content-type", "content-encoding"})


class Readers(HttpToolsProtocol):
    """One connection. The application has ``at_hand``, as the page cache does."""

    _is_answered = False
    _header_bytes = 0
    """How much came of a request whose headers are not complete; 0 between requests and while one is at work."""
    _since = 0.0
    _watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client came; it may not keep the connection for nothing."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._watch = self.loop.call_later(PATIENCE_SECONDS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """It left."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, up to so much of headers."""
        super().data_received(data)
        if self._header_bytes:
            self._header_bytes += len(data)
            if self._header_bytes > HEADER_BYTES:
                self.send_400_response("The headers are too long.")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_answered, self._header_bytes, self._since = False, 1, self.loop.time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Answer from what is kept, or hand the request on."""
        self._header_bytes = 0
        if self.transport.is_closing():
            self._is_answered = True
            return
        found = self.app.at_hand(asked) if (asked := self._asked()) is not None else None
        if found is None:
            super().on_headers_complete()
            return
        self._is_answered = True
        self._send(*found, has_body=asked is not None and asked["REQUEST_METHOD"] == "GET")

    def on_message_complete(self) -> None:
        """The request has ended; one that is answered already has no body."""
        if not self._is_answered:
            super().on_message_complete()

    def _look(self) -> None:
        """End the connection of a client that sent nothing, or no whole headers, in its time.

        One look for many requests: a timer for each would cost as much as finding the page. What Django answered has
        uvicorn's own timer besides.
        """
        is_at_work = self.cycle is not None and not self.cycle.response_complete
        left = self._since + PATIENCE_SECONDS - self.loop.time()
        if left <= 0 and not is_at_work:
            self.transport.close()
        else:
            self._watch = self.loop.call_later(max(left, 1.0), self._look)

    def _asked(self) -> dict[str, Any] | None:
        """What the page cache needs of the request; ``None`` where it takes the way of all others."""
        if (self.cycle is not None and not self.cycle.response_complete) or self.flow.write_paused:
            return None
        parser, url = self.parser, self.url
        if not url.startswith(b"/") or b"%" in url or b"#" in url or not url.isascii():
            return None
        path, _, query = url.decode("ascii").partition("?")
        asked = {
            "REQUEST_METHOD": parser.get_method().decode("ascii"),
            "wsgi.url_scheme": self.scheme,
            "PATH_INFO": path,
            "QUERY_STRING": query,
        }
        for name, value in self.headers:
            if (known := _ASKED.get(name)) is not None:
                if known in asked:
                    return None
                asked[known] = value.decode("latin-1")
            elif name in _UNUSUAL:
                return None
        return asked

    def _send(self, form: Form, age: int, is_unchanged: bool, *, has_body: bool) -> None:
        pieces = [b"HTTP/1.1 304 Not Modified\r\n" if is_unchanged else b"HTTP/1.1 200 OK\r\n"]
        pieces += [b"%b: %b\r\n" % pair for pair in self.server_state.default_headers]
        pieces.append(_lines(form, _PACKAGE) if is_unchanged else _lines(form))
        is_last = not self.parser.should_keep_alive() or self.parser.get_http_version() != "1.1"
        pieces.append(b"Age: %d\r\n%b\r\n" % (age, b"Connection: close\r\n" if is_last else b""))
        if has_body and not is_unchanged:
            pieces.append(form.body)
        self.transport.writelines(pieces)
        self.server_state.total_requests += 1
        if is_last:
            self.transport.close()


def _lines(form: Form, without: frozenset[str] = frozenset()) -> bytes:
    """The headers of a kept page as they are sent."""
    if without or form.lines is None:
        kept = (pair for pair in form.headers if pair[0].lower() not in without)
        lines = "".join(f"{name}: {value}\r\n" for name, value in kept).encode("latin-1")
        if without:
            return lines
        form.lines = lines
    return form.lines
