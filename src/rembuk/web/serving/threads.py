"""The WSGI application behind an ASGI server: at most so many requests at work in threads, so many waiting, the rest refused.

A request waits for no slow client: its body is read first, and its answer goes out after the thread is free. Only what is
longer than ``PIECE`` keeps its thread while it is sent.
"""

import asyncio
import concurrent.futures
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from rembuk.runtime.room import with_room
from rembuk.web.serving.admission import Admission, crowded, plain
from rembuk.web.serving.environ import Environ, Scope, environ_of
from rembuk.web.serving.told import Headers, Refusal

type Message = dict[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PIECE = 1024 * 1024
IN_MEMORY = 512 * 1024
STALLED_SECONDS = 60
BODIES = 256
"""So many bodies may be awaited at once, each with ``IN_MEMORY`` at most; behind nginx they come whole."""
_TOO_LARGE = "Kiriman terlalu besar.\nWhat was sent is too large.\n"


class Gone(Exception):
    """Whoever asked has left, or reads nothing any more."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer in one piece."""

    status: str
    headers: Headers
    body: bytes


class InThreads:
    """The application as uvicorn calls it."""

    def __init__(self, application: Application, *, threads: int, most_bytes: int, cookie: str) -> None:
        """``threads`` requests at work at once; a body of more than ``most_bytes`` is refused; ``cookie`` is a session's."""
        self._application, self._most_bytes = application, most_bytes
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._admission, self._awaited = Admission(threads, cookie=cookie), 0
        self.at_hand: Callable[..., Any] = getattr(application, "at_hand", _nothing)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        told = _told_length(scope["headers"])
        if told > self._most_bytes:
            await _refuse(send, plain(413, _TOO_LARGE))
        elif (refusal := self._admission.refusal(scope)) is not None:
            await _refuse(send, refusal)
        elif told and self._awaited >= BODIES:
            await _refuse(send, crowded("bodies", retry_after=2))
        elif not told:
            await self._hand_over(scope, environ_of(scope, BytesIO(), 0), receive, send)
        else:
            with SpooledTemporaryFile(IN_MEMORY) as body:
                size = await self._read(receive, body)
                if size > self._most_bytes:
                    await _refuse(send, plain(413, _TOO_LARGE))
                elif size >= 0:
                    await self._hand_over(scope, environ_of(scope, body, size), receive, send)

    async def _read(self, receive: Receive, body: IO[bytes]) -> int:
        """How long the body is, as far as it is not too long; -1 if whoever sends it has left."""
        size, is_more = 0, True
        self._awaited += 1
        try:
            while is_more and size <= self._most_bytes:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return -1
                body.write(message["body"])
                size, is_more = size + len(message["body"]), message["more_body"]
        finally:
            self._awaited -= 1
        body.seek(0)
        return size

    async def _hand_over(self, scope: Scope, environ: Environ, receive: Receive, send: Send) -> None:
        sender = _Sender(asyncio.get_running_loop(), receive, send)
        try:
            async with self._admission.place(scope):
                answer = await sender.loop.run_in_executor(self._pool, self._answer, environ, sender)
        finally:
            sender.stop()
        if answer is not None:
            self._admission.remember(scope, answer.status, answer.headers, answer.body)
            await send(_start(answer.status, _with_length(answer, scope["method"])))
            await send({"type": "http.response.body", "body": answer.body})

    @with_room
    def _answer(self, environ: Environ, sender: "_Sender") -> Whole | None:
        """Ask the application, in a thread; what is too long for one piece is sent from here."""
        status, headers = "", Headers()

        def start_response(given_status: str, given_headers: Headers, _exc_info: object = None) -> None:
            nonlocal status, headers
            status, headers = given_status, given_headers

        result = self._application(environ, start_response)
        try:
            pieces, length = [], 0
            for piece in result:
                pieces.append(piece)
                length += len(piece)
                if length > PIECE and not isinstance(result, list):
                    sender.put(status, headers, b"".join(pieces))
                    pieces, length = [], 0
            if not sender.has_begun:
                return Whole(status, headers, b"".join(pieces))
            sender.end(b"".join(pieces))
        except Gone:
            pass
        finally:
            if (close := getattr(result, "close", None)) is not None:
                close()
        return None


class _Sender:
    """Sends a long answer piece by piece from a thread, as fast as it is read."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Receive, send: Send) -> None:
        self.loop, self._receive, self._send = loop, receive, send
        self._leaving: asyncio.Task[None] | None = None
        self._sent: concurrent.futures.Future[None] | None = None
        self._is_over = False

    @property
    def has_begun(self) -> bool:
        """Whether something was sent."""
        return self._leaving is not None

    def put(self, status: str, headers: Headers, body: bytes) -> None:
        """Send one piece, with status and headers before the first; raises Gone."""
        begins = [] if self.has_begun else [_start(status, headers)]
        self._wait_for([*begins, {"type": "http.response.body", "body": body, "more_body": True}])

    def end(self, body: bytes) -> None:
        """Send the last piece; raises Gone."""
        self._wait_for([{"type": "http.response.body", "body": body}])

    def stop(self) -> None:
        """Nobody waits for the answer any more (the process is to end): let the thread go."""
        self._is_over = True
        if self._sent is not None:
            self._sent.cancel()

    def _wait_for(self, messages: list[Message]) -> None:
        if self._is_over:
            raise Gone
        sent = self._sent = asyncio.run_coroutine_threadsafe(self._send_all(messages), self.loop)
        if self._is_over:  # in between
            sent.cancel()
        try:
            sent.result(STALLED_SECONDS)
        except (TimeoutError, concurrent.futures.CancelledError):
            sent.cancel()
            raise Gone from None

    async def _send_all(self, messages: list[Message]) -> None:
        if self._leaving is None:
            self._leaving = self.loop.create_task(self._until_left())
            await asyncio.sleep(0)
        if self._leaving.done():
            raise Gone
        for message in messages:
            await self._send(message)

    async def _until_left(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass


def _told_length(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """The bytes that are to come; 1 where only their end will tell, 0 without a body."""
    for name, value in headers:
        if name == b"content-length":
            return int(value)
        if name == b"transfer-encoding":
            return 1
    return 0


def _with_length(answer: Whole, method: str) -> Headers:
    """Its headers with a length, which spares chunks; not where the body is left out, or is none by its kind."""
    told = {name.lower() for name, _value in answer.headers}
    if (
        method == "HEAD"
        or answer.status[:3] in ("204", "304")
        or told & {"content-length", "transfer-encoding"}
    ):
        return answer.headers
    return [*answer.headers, ("Content-Length", str(len(answer.body)))]


def _start(status: str, headers: Headers) -> Message:
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": int(status[:3]), "headers": pairs}


async def _refuse(send: Send, refusal: Refusal) -> None:
    """Answer without a thread."""
    await send(_start(str(refusal.status), refusal.headers))
    await send({"type": "http.response.body", "body": refusal.body})


def _nothing(*_request: object) -> None:
    return None
