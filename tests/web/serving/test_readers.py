"""Kept pages from the loop of the web server: the same answers as from the cache itself, with every thread at work."""

import gzip
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from rembuk.web.pagecache.cache import PageCache
from rembuk.web.pagecache.requests import LISTED
from rembuk.web.serving import readers
from tests.web.pagecache.asking import Seconds, ask
from tests.web.serving.server import Server, serving

BODY = b"<p>Usulan warga</p> " * 100
LONG = "/panjang/"
"""A page that is longer than what is sent in one piece."""


class Site:
    """An application that notes who asked, and may be told to wait."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        self.asked.append(environ)
        self.go_on.wait(10)
        environ[LISTED] = frozenset({"q"})
        start(
            "200 OK",
            [("Content-Type", "text/html"), ("Cache-Control", "public, s-maxage=300"), ("ETag", '"x"')],
        )
        return [BODY * 20 if environ["PATH_INFO"] == LONG else BODY]


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def server(site: Site, seconds: Seconds) -> Iterator[Server]:
    cache = PageCache(
        site, limit=1_000_000, personal_cookies=("rembuk_session",), watches=False, seconds=seconds
    )
    with serving(cache) as server:
        for packing in ("identity", "gzip"):
            server.talk(get("/usulan/", f"Accept-Encoding: {packing}", "Connection: close"))
        yield server


def get(path: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: testserver", *headers, "", ""]).encode()


LAST = get("/usulan/", "Connection: close", method="HEAD")
"""A request that ends the connection, sent after the one that is looked at."""


def first_answer(server: Server, sent: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, rest = server.talk(sent + LAST).partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return status, headers, rest[: rest.rindex(b"HTTP/1.1 200 OK")]


def test_kept_page_is_answered_while_every_thread_waits(site: Site, server: Server) -> None:
    site.go_on.clear()
    stuck = [server.connect() for _ in range(4)]
    for number, connection in enumerate(stuck):
        connection.sendall(get(f"/usulan/?q={number}"))
    status, headers, body = first_answer(server, get("/usulan/", "Accept-Encoding: gzip"))
    assert (status, gzip.decompress(body)) == ("HTTP/1.1 200 OK", BODY)
    assert {"date", "age", "etag", "content-length"} <= headers.keys()
    site.go_on.set()
    for connection in stuck:
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
        connection.close()


@pytest.mark.parametrize("packing", ["", "gzip"])
def test_answer_has_the_headers_that_the_cache_gives(site: Site, server: Server, packing: str) -> None:
    cache = PageCache(site, limit=1_000_000, personal_cookies=(), watches=False)
    _status, headers, body = first_answer(server, get("/usulan/", f"Accept-Encoding: {packing}"))
    expected = ask(cache, "/usulan/", accept_encoding=packing)
    assert body == expected.body
    assert {name: value for name, value in headers.items() if name != "date"} == {
        **expected.headers,
        "age": headers["age"],
    }


def test_long_page_is_sent_whole(site: Site, server: Server) -> None:
    assert len(BODY * 20) > readers.ONE_PIECE
    server.talk(get(LONG, "Connection: close"))
    before = len(site.asked)
    for _ in range(2):
        status, headers, body = first_answer(server, get(LONG))
        assert (status, headers["content-length"], body) == ("HTTP/1.1 200 OK", str(len(body)), BODY * 20)
    assert len(site.asked) == before


def test_age_and_date_go_with_the_clock(server: Server, seconds: Seconds) -> None:
    seen = []
    for age in (0, 0, 7, 8):
        seconds.now = 1000.0 + age
        seen.append(first_answer(server, get("/usulan/"))[1])
    time.sleep(1.1)
    seen.append(first_answer(server, get("/usulan/"))[1])
    assert [headers["age"] for headers in seen] == ["0", "0", "7", "8", "8"]
    assert seen[-1]["date"] != seen[0]["date"]


def test_last_answer_of_a_connection_says_so_and_no_other_does(server: Server) -> None:
    for _ in range(2):
        whole = server.talk(get("/usulan/") + get("/usulan/", "Connection: close"))
        assert [b"Connection: close" in head for head in whole.split(b"HTTP/1.1 200 OK")[1:]] == [False, True]


def test_browser_that_has_the_page_gets_304_without_body(server: Server) -> None:
    status, headers, body = first_answer(server, get("/usulan/", 'If-None-Match: "x"'))
    assert (status, body, headers["etag"]) == ("HTTP/1.1 304 Not Modified", b"", '"x"')
    assert not {"content-length", "content-type", "content-encoding"} & headers.keys()


def test_head_has_the_length_and_no_body(server: Server) -> None:
    status, headers, body = first_answer(server, get("/usulan/", method="HEAD"))
    assert (status, body, headers["content-length"]) == ("HTTP/1.1 200 OK", b"", str(len(BODY)))


@pytest.mark.parametrize(
    "header",
    [
        "Cookie: rembuk_session=a",
        "Cookie: x=y\r\nCookie: rembuk_session=a",
        "Authorization: Bearer x",
        "X-Forwarded-Proto: ftp",
    ],
)
def test_somebody_is_never_answered_from_what_is_kept(site: Site, server: Server, header: str) -> None:
    before = len(site.asked)
    assert first_answer(server, get("/usulan/", header))[0] == "HTTP/1.1 200 OK"
    assert len(site.asked) == before + 1


def test_host_language_and_query_are_told_apart(site: Site, server: Server) -> None:
    for request in (
        get("/en/usulan/"),
        get("/usulan/?q=a"),
        get("/usulan/?ukur=1"),
        get("/usulan/").replace(b"Host: testserver", b"Host: lain"),
    ):
        before = len(site.asked)
        first_answer(server, request)
        assert len(site.asked) == before + 1


def test_marks_of_other_sites_are_answered_from_what_is_kept(site: Site, server: Server) -> None:
    before = len(site.asked)
    first_answer(server, get("/usulan/?utm_source=wa&fbclid=a"))
    assert len(site.asked) == before


def test_requests_sent_at_once_are_answered_in_their_order(server: Server) -> None:
    whole = server.talk(get("/usulan/?q=1") + get("/usulan/", method="HEAD") + get("/usulan/?q=2") + LAST)
    assert whole.count(b"HTTP/1.1 200 OK") == 4
    assert whole.count(BODY) == 2
    assert whole.index(b"HTTP/1.1 200 OK", 20) > whole.index(BODY)


def test_body_of_a_reading_request_is_not_taken_for_the_next_request(site: Site, server: Server) -> None:
    hidden = get("/rahasia/")
    server.talk(get("/usulan/", f"Content-Length: {len(hidden)}") + hidden + LAST)
    assert "/rahasia/" not in {asked["PATH_INFO"] for asked in site.asked}


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        get("/x").replace(b"HTTP/1.1", b"HTTQ/1"),
    ],
)
def test_what_is_no_request_is_refused(server: Server, request_: bytes) -> None:
    assert server.talk(request_).startswith(b"HTTP/1.1 400")


def test_headers_without_end_are_refused(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        answer = b""
        try:
            for _ in range(100):
                connection.sendall(b"X-Long: " + b"a" * 4096 + b"\r\n")
            answer = connection.recv(100)
        except OSError:
            answer = b"HTTP/1.1 400"
    assert answer.startswith(b"HTTP/1.1 400") or answer == b""


def test_client_that_sends_no_whole_headers_is_let_go(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "PATIENCE_SECONDS", 0.2)
    with serving(site) as server:
        assert server.talk(b"") == b""
        assert server.talk(b"GET / HTTP/1.1\r\nHost: a\r\n") == b""
