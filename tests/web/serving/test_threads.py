"""Requests that need Django: bodies, long answers, too much at once, and what a client must not be able to say."""

import io
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from rembuk.web.serving import admission, threads
from rembuk.web.serving.environ import environ_of
from tests.web.serving.server import refusals, serving

CLOSE = "Connection: close"


def post(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["POST /kirim/ HTTP/1.1", "Host: testserver", CLOSE, *headers, "", ""]).encode() + body


def echo(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"%d:" % len(body), body[-10:]]


@pytest.mark.parametrize("length", [0, 10, threads.IN_MEMORY + 1])
def test_body_reaches_the_application_whole(length: int) -> None:
    body = bytes(range(65, 75)) * (length // 10 + 1)
    with serving(echo) as server:
        answer = server.talk(post(body[:length], f"Content-Length: {length}"))
    assert b"%d:" % length in answer
    assert answer.rstrip(b"\r\n0").endswith(body[:length][-10:]) or length == 0


def test_body_in_chunks_reaches_the_application_with_its_length() -> None:
    with serving(echo) as server:
        answer = server.talk(post(b"5\r\nabcde\r\n3\r\nfgh\r\n0\r\n\r\n", "Transfer-Encoding: chunked"))
    assert b"8:" in answer
    assert b"abcdefgh" in answer


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (["Content-Length: 2000"], b""),
        (["Content-Length: 2000", "Expect: 100-continue"], b""),
        (["Transfer-Encoding: chunked"], b"7d0\r\n" + b"a" * 2000 + b"\r\n0\r\n\r\n"),
    ],
)
def test_too_large_a_body_is_refused(headers: list[str], body: bytes) -> None:
    asked: list[int] = []
    with serving(lambda *_: asked.append(1), most_bytes=1000) as server:
        assert server.talk(post(body, *headers)).startswith(b"HTTP/1.1 413")
    assert not asked


def test_slow_sender_takes_no_thread() -> None:
    with serving(echo, threads=1) as server, server.connect() as slow:
        slow.sendall(post(b"a", "Content-Length: 2"))
        assert b"3:" in server.talk(post(b"abc", "Content-Length: 3"))
        slow.sendall(b"b")
        assert slow.recv(15) == b"HTTP/1.1 200 OK"


def test_whoever_finds_too_many_waiting_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "WAITING_FOR_EACH", 1)
    go_on, counted = threading.Event(), refusals("busy")

    def slow(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        go_on.wait(10)
        return echo(environ, start)

    with serving(slow, threads=1) as server:
        inside = [server.connect() for _ in range(2)]
        for connection in inside:
            connection.sendall(post(b""))
        time.sleep(0.2)
        refused = server.talk(post(b""))
        go_on.set()
        assert [connection.recv(15) for connection in inside] == [b"HTTP/1.1 200 OK"] * 2
        assert server.talk(post(b"")).startswith(b"HTTP/1.1 200")
        for connection in inside:
            connection.close()
    assert refused.startswith(b"HTTP/1.1 503")
    assert b"Retry-After: 2" in refused or b"retry-after: 2" in refused
    assert b"ramai" in refused
    assert refusals("busy") == counted + 1


class Long:
    """A long answer that knows whether it was closed and how far it got."""

    def __init__(self) -> None:
        self.made, self.is_closed = 0, threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(500):
            self.made += 1
            yield b"X" * 100_000

    def close(self) -> None:
        self.is_closed.set()


def test_long_answer_arrives_whole_and_is_closed() -> None:
    made = Long()

    def site(_environ: object, start: Callable[..., object]) -> Long:
        start("200 OK", [("Content-Type", "text/csv")])
        return made

    with serving(site) as server:
        assert server.talk(post(b"")).count(b"X") == 50_000_000
        assert made.is_closed.wait(5)


def test_long_answer_ends_when_its_reader_leaves() -> None:
    made = Long()

    def site(_environ: object, start: Callable[..., object]) -> Long:
        start("200 OK", [("Content-Type", "text/csv")])
        return made

    with serving(site) as server:
        with server.connect() as connection:
            connection.sendall(post(b""))
            assert connection.recv(15) == b"HTTP/1.1 200 OK"
        assert made.is_closed.wait(10)
    assert made.made < 500


def test_failure_of_the_application_is_a_500_and_the_next_request_is_answered() -> None:
    def site(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            raise ConnectionError
        return echo(environ, start)

    with serving(site, threads=1) as server:
        assert server.talk(post(b"").replace(b"POST", b"GET")).startswith(b"HTTP/1.1 500")
        assert server.talk(post(b"")).startswith(b"HTTP/1.1 200")


def test_short_answer_has_its_length_also_for_an_old_client() -> None:
    with serving(echo) as server:
        answer = server.talk(post(b"abc", "Content-Length: 3").replace(b"HTTP/1.1", b"HTTP/1.0"))
    head, _, body = answer.lower().partition(b"\r\n\r\n")
    assert (body, b"content-length: 5" in head, b"chunked" in head) == (b"3:abc", True, False)


@pytest.mark.parametrize(
    ("method", "status"),
    [("HEAD", "404 Not Found"), ("POST", "204 No Content"), ("POST", "304 Not Modified")],
)
def test_answer_without_a_body_is_given_no_length(method: str, status: str) -> None:
    def site(_environ: object, start: Callable[..., object]) -> Iterable[bytes]:
        start(status, [])
        return []

    with serving(site) as server:
        answer = server.talk(post(b"").replace(b"POST", method.encode()))
    assert b"content-length" not in answer.lower()


def scope(**changes: Any) -> dict[str, Any]:
    given = {
        "method": "GET", "raw_path": b"/usulan/", "query_string": b"q=a", "http_version": "1.1", "scheme": "http",
        "server": ("127.0.0.1", 8000), "client": ("10.0.0.9", 5000), "headers": [],
    }  # fmt: skip
    return given | changes


@pytest.mark.parametrize(
    ("headers", "name", "value"),
    [
        (
            [(b"x-forwarded-for", b"1.2.3.4"), (b"x_forwarded_for", b"6.6.6.6")],
            "HTTP_X_FORWARDED_FOR",
            "1.2.3.4",
        ),
        (
            [(b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"2.2.2.2")],
            "HTTP_X_FORWARDED_FOR",
            "1.1.1.1,2.2.2.2",
        ),
        ([(b"cookie", b"a=1"), (b"cookie", b"b=2")], "HTTP_COOKIE", "a=1; b=2"),
        ([(b"proxy", b"http://evil")], "HTTP_PROXY", None),
        ([(b"content-type", b"text/plain")], "CONTENT_TYPE", "text/plain"),
        ([(b"content-length", b"99")], "CONTENT_LENGTH", "0"),
    ],
)
def test_headers_stand_in_the_environment_as_a_proxy_sent_them(
    headers: list[tuple[bytes, bytes]], name: str, value: str | None
) -> None:
    assert environ_of(scope(headers=headers), io.BytesIO(), 0).get(name) == value


def test_path_is_given_as_bytes_in_latin_1_as_the_standard_asks() -> None:
    environ = environ_of(scope(raw_path=b"/usulan/%C3%A9/%2F"), io.BytesIO(), 0)
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/usulan/é//"


def test_who_comes_over_the_socket_is_this_machine() -> None:
    assert (
        environ_of(scope(client=None, server=("/run/x", None)), io.BytesIO(), 0)["REMOTE_ADDR"] == "127.0.0.1"
    )
