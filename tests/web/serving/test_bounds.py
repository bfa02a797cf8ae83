"""What a client may cost that never ends: trailers, bodies and answers that nobody reads."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from rembuk.web.serving import readers, threads
from tests.web.serving.server import read_all, refusals, serving
from tests.web.serving.test_threads import echo, post, scope

CHUNKED = "Transfer-Encoding: chunked"
LONG = 20_000_000


def show(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """Says which headers it got."""
    environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [repr({name: value for name, value in environ.items() if name.startswith("HTTP_")}).encode()]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lasts a minute lasts a second."""
    monkeypatch.setattr(readers, "PATIENCE_SECONDS", 1.0)
    monkeypatch.setattr(threads, "STALLED_SECONDS", 1)


def test_trailers_are_no_headers() -> None:
    trailers = b"X-Forwarded-For: 10.6.6.6\r\nCookie: rembuk_session=evil\r\n"
    with serving(show) as server:
        answer = server.talk(
            post(b"2\r\nab\r\n0\r\n" + trailers + b"\r\n", CHUNKED, "X-Forwarded-For: 203.0.113.9")
        )
    assert b"'HTTP_X_FORWARDED_FOR': '203.0.113.9'" in answer
    assert b"COOKIE" not in answer


def test_trailers_do_not_reach_the_next_request() -> None:
    first = post(b"2\r\nab\r\n0\r\nX-Evil: 1\r\n\r\n", CHUNKED).replace(b"Connection: close\r\n", b"")
    with serving(show) as server:
        answer = server.talk(first + post(b""))
    assert answer.count(b"HTTP/1.1 200") == 2
    assert b"EVIL" not in answer


@pytest.mark.parametrize("piece", [b"X-Long: " + b"a" * 4096 + b"\r\n", b"a" * 4096])
def test_trailers_without_end_are_refused(piece: bytes) -> None:
    with serving(show) as server, server.connect() as connection:
        connection.sendall(post(b"2\r\nab\r\n0\r\nX-Long: ", CHUNKED))
        try:
            for _ in range(150):
                connection.sendall(piece)
            answer = connection.recv(12)
        except ConnectionError:
            return
    assert answer in (b"HTTP/1.1 400", b"")


def test_body_in_small_chunks_is_taken_whole() -> None:
    with serving(echo) as server:
        answer = server.talk(post(b"1\r\na\r\n" * 100_000 + b"0\r\n\r\n", CHUNKED))
    assert b"100000:" in answer


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "sent", [post(b"a", "Content-Length: 100"), post(b"2\r\nab\r\n0\r\nX-Slow: a", CHUNKED)]
)
def test_who_stops_sending_a_body_is_let_go(sent: bytes) -> None:
    with serving(echo) as server:
        assert server.talk(sent) == b""


@pytest.mark.usefixtures("impatient")
def test_who_sends_a_body_without_end_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "BODY_SECONDS", 2.0)
    with serving(echo) as server, server.connect() as connection:
        connection.sendall(post(b"a", "Content-Length: 1000"))
        assert any(_is_refused(connection) for _ in range(100))


def _is_refused(connection: socket.socket) -> bool:
    time.sleep(0.2)
    try:
        connection.sendall(b"a")
    except ConnectionError:
        return True
    return False


def test_slow_body_is_awaited_while_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "PATIENCE_SECONDS", 2.0)
    with serving(echo) as server, server.connect() as connection:
        connection.sendall(post(b"", "Content-Length: 8"))
        for _ in range(8):
            time.sleep(0.5)
            connection.sendall(b"a")
        assert b"8:" in read_all(connection)


@pytest.mark.usefixtures("impatient")
def test_slow_page_is_awaited() -> None:
    def site(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        time.sleep(3)
        return echo(environ, start)

    with serving(site) as server:
        assert server.talk(post(b"")).startswith(b"HTTP/1.1 200")


def test_more_bodies_than_may_be_awaited_are_refused_and_readers_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(threads, "BODIES", 2)
    counted = refusals("bodies")
    with serving(echo) as server:
        slow = [server.connect() for _ in range(2)]
        for connection in slow:
            connection.sendall(post(b"a", "Content-Length: 2", "Expect: 100-continue"))
            assert connection.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        refused = server.talk(post(b"ab", "Content-Length: 2"))
        assert server.talk(post(b"")).startswith(b"HTTP/1.1 200")
        for connection in slow:
            connection.sendall(b"b")
            assert b"2:" in read_all(connection)
            connection.close()
        assert server.talk(post(b"ab", "Content-Length: 2")).startswith(b"HTTP/1.1 200")
    assert refused.startswith(b"HTTP/1.1 503")
    assert b"retry-after: 2" in refused.lower()
    assert refusals("bodies") == counted + 1


def in_one_piece(_environ: object, start: Callable[..., object]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(LONG))])
    return [b"X" * LONG]


def in_pieces(_environ: object, start: Callable[..., object]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(LONG))])
    return (b"X" * 100_000 for _ in range(LONG // 100_000))


def narrow(port: int, width: int = 4096) -> socket.socket:
    """A connection that takes little at once."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, width)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", port))
    return connection


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("site", [in_one_piece, in_pieces])
@pytest.mark.parametrize("times", [1, 2])
def test_who_does_not_read_is_let_go_and_what_was_kept_is_dropped(
    site: Callable[..., Iterable[bytes]], times: int
) -> None:
    found = 0
    with serving(site) as server, narrow(server.port) as connection:
        connection.sendall(post(b"").replace(b"Connection: close\r\n", b"") * times)
        time.sleep(6)
        try:
            while piece := connection.recv(65536):
                found += len(piece)
        except ConnectionError:
            pass
    assert found < LONG


@pytest.mark.usefixtures("impatient")
def test_who_reads_slowly_gets_the_whole() -> None:
    found = 0
    with serving(in_one_piece) as server, narrow(server.port, 65536) as connection:
        connection.sendall(post(b""))
        while piece := connection.recv(65536):
            found += piece.count(b"X")
            time.sleep(0.01)
    assert found == LONG


def test_wish_for_another_protocol_is_ignored() -> None:
    asks = b"GET / HTTP/1.1\r\nHost: testserver\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    with serving(show) as server:
        answer = server.talk(asks)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"connection: close" in answer


def test_wish_for_another_protocol_with_a_body_is_refused_at_once() -> None:
    asks = post(b"ab", "Content-Length: 2", "Upgrade: h2c").replace(b"close", b"Upgrade")
    with serving(show) as server:
        assert server.talk(asks).startswith(b"HTTP/1.1 400")


def test_long_answer_ends_when_the_process_is_to_end() -> None:
    is_closed = threading.Event()

    def pieces() -> Iterator[bytes]:
        try:
            while True:
                yield b"X" * threads.PIECE
        finally:
            is_closed.set()

    def site(_environ: object, start: Callable[..., object]) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/csv")])
        return pieces()

    async def end_while_nobody_reads() -> None:
        is_sent = asyncio.Event()

        async def receive() -> dict[str, Any]:
            return await asyncio.Future()

        async def send(_message: object) -> None:
            is_sent.set()
            await asyncio.Future()

        application = threads.InThreads(site, threads=1, most_bytes=1000, cookie="rembuk_session")
        answering = asyncio.ensure_future(
            application(scope(headers=[(b"host", b"localhost")]), receive, send)
        )
        await is_sent.wait()
        answering.cancel()
        assert await asyncio.to_thread(is_closed.wait, 20)

    asyncio.run(end_while_nobody_reads())
