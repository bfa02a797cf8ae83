"""Excess over sockets: too many passwords, going on after a limit, too many at all. Readers of kept pages don't notice."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from rembuk.web.pagecache.cache import PageCache
from rembuk.web.pagecache.requests import LISTED
from rembuk.web.serving import admission
from rembuk.web.serving.admission import Admission
from tests.web.serving.server import Server, refusals, serving

SIGN_IN, VOTE = "/akun/masuk/", "/diskusi/usulan/USL-2026-0001/suara/"
HERS = "Cookie: sesi=ayu"


def request(path: str, *headers: str, method: str = "POST") -> bytes:
    return "\r\n".join(
        [f"{method} {path} HTTP/1.1", "Host: testserver", "Connection: close", *headers, "", ""]
    ).encode()


class Site:
    """Holds posts to some addresses until it is told, refuses votes by a limit, and counts what reached a thread."""

    def __init__(self, *held: str) -> None:
        self.held, self.asked, self.go_on = held, list[str](), threading.Event()
        self.at_work = threading.Semaphore(0)

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        if path in self.held:
            self.at_work.release()
            self.go_on.wait(20)
        if path == VOTE:
            kept = [("Cache-Control", "private, no-store"), ("Set-Cookie", "a=1"), ("Content-Language", "id")]
            start("429 Too Many Requests", [*kept, ("Retry-After", "40"), ("Content-Length", "6")])
            return [b"tunggu"]
        environ[LISTED] = frozenset[str]()
        start(
            "200 OK",
            [("Cache-Control", "public, s-maxage=60"), ("Content-Type", "text/html"), ("ETag", '"1"')],
        )
        return [b"halaman"]


@contextmanager
def kept_pages(site: Site, *, threads: int) -> Iterator[Server]:
    """The site with the page cache before it, and one page kept already."""
    cache = PageCache(site, limit=1_000_000, personal_cookies=("sesi",), watches=False)
    with serving(cache, threads=threads) as server:
        server.talk(request("/usulan/", method="GET"))
        site.asked.clear()
        try:
            yield server
        finally:
            site.go_on.set()


def shows_the_kept_page(server: Server) -> bool:
    answer = server.talk(request("/usulan/", method="GET"))
    return answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"halaman") and b"Age: " in answer


def told(answer: bytes) -> tuple[bytes, bytes, bytes]:
    """Status, seconds to wait, and what may be kept."""
    lines = answer.lower()
    after = re.search(rb"\r\nretry-after: (\d+)\r\n", lines)
    kept = re.search(rb"\r\ncache-control: ([^\r]+)\r\n", lines)
    assert after
    assert kept
    return answer[9:12], after[1], kept[1]


def test_too_many_sign_ins_are_refused_while_all_threads_they_may_have_are_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admission, "HASHING_INSIDE", 3)
    site, counted = Site(SIGN_IN), refusals("password")
    with kept_pages(site, threads=2) as server:
        inside = [server.connect() for _ in range(3)]
        for connection in inside:
            connection.sendall(request(SIGN_IN))
        assert site.at_work.acquire(timeout=10)
        refused = until_refused(server, SIGN_IN)
        assert told(refused) == (b"503", b"5", b"no-store")
        assert refusals("password") == counted + 1
        assert b"ramai" in refused
        assert b"busy" in refused
        assert shows_the_kept_page(server)
        # One thread of two is left to whoever hashes nothing: one of the three holds the other, two wait without one.
        assert server.talk(request("/kirim/")).startswith(b"HTTP/1.1 200")
        assert site.asked == [SIGN_IN, "/kirim/"]
        site.go_on.set()
        assert [connection.recv(12) for connection in inside] == [b"HTTP/1.1 200"] * 3
        for connection in inside:
            connection.close()
        assert server.talk(request(SIGN_IN)).startswith(b"HTTP/1.1 200")


def until_refused(server: Server, path: str) -> bytes:
    """The first answer to one more: those before are inside by then, since the loop reads connections in turn."""
    for _ in range(200):
        with server.connect() as connection:
            connection.sendall(request(path))
            connection.settimeout(0.2)
            try:
                found = connection.recv(65536)
            except TimeoutError:
                continue
            while piece := connection.recv(65536):
                found += piece
            return found
    raise AssertionError("nobody was refused")


@pytest.mark.parametrize("path", ["/", "/kirim/"])
def test_kept_page_comes_while_every_thread_is_taken_and_all_places_to_wait(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(admission, "WAITING_FOR_EACH", 1)
    site = Site(path)
    with kept_pages(site, threads=1) as server:
        inside = [server.connect() for _ in range(2)]
        for connection in inside:
            connection.sendall(request(path))
        assert site.at_work.acquire(timeout=10)
        assert told(until_refused(server, path)) == (b"503", b"2", b"no-store")
        assert shows_the_kept_page(server)
        assert site.asked == [path]
        site.go_on.set()
        assert [connection.recv(12) for connection in inside] == [b"HTTP/1.1 200"] * 2
        for connection in inside:
            connection.close()


def test_who_goes_on_after_a_limit_gets_the_same_page_again_without_a_thread() -> None:
    site = Site("/kirim/")
    with kept_pages(site, threads=1) as server:
        first = server.talk(request(VOTE, HERS))
        assert told(first) == (b"429", b"40", b"private, no-store")
        with server.connect() as slow:
            slow.sendall(request("/kirim/", HERS))
            assert site.at_work.acquire(timeout=10)
            again = server.talk(request(VOTE.replace("0001", "0002"), HERS))
            assert shows_the_kept_page(server)
            site.go_on.set()
        status, seconds, kept = told(again)
        assert (status, kept, again.endswith(b"tunggu")) == (b"429", b"private, no-store", True)
        assert 35 <= int(seconds) <= 40
        assert b"content-language: id" in again.lower()
        assert b"set-cookie" not in again.lower()
        assert site.asked == [VOTE, "/kirim/"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (VOTE, ["Cookie: sesi=budi"]),
        (VOTE, [HERS, "HX-Request: true"]),
        (f"/en{VOTE}", [HERS]),
        ("/diskusi/usulan/USL-2026-0001/tulis/", [HERS]),
    ],
)
def test_limit_of_one_act_of_one_browser_is_nobody_elses(path: str, headers: list[str]) -> None:
    site = Site()
    with serving(site) as server:
        server.talk(request(VOTE, HERS))
        server.talk(request(path, *headers))
    assert site.asked == [VOTE, path]


def test_visitors_without_a_session_are_not_known_from_each_other() -> None:
    site = Site()
    with serving(site) as server:
        for _ in range(2):
            server.talk(request(VOTE, "Cookie: csrf=1"))
    assert site.asked == [VOTE, VOTE]


def scope(session: str) -> dict[str, Any]:
    headers = [(b"host", b"testserver"), (b"cookie", f"sesi={session}".encode())]
    return {"method": "POST", "path": VOTE, "http_version": "1.1", "headers": headers}


@pytest.mark.parametrize(("version", "hosts", "status"), [
    (b"1.1", b"", b"400"), (b"1.1", b"Host: a\r\nHost: b\r\n", b"400"), (b"1.1", b"Host: a\r\n", b"200"), (b"1.0", b"", b"200"),
])  # fmt: skip
def test_request_names_one_host(version: bytes, hosts: bytes, status: bytes) -> None:
    with serving(Site(), threads=1) as server:
        answer = server.talk(b"GET / HTTP/" + version + b"\r\n" + hosts + b"Connection: close\r\n\r\n")
    assert answer.split()[1] == status


def test_refusal_that_holds_what_was_typed_answers_no_other_request() -> None:
    inside = Admission(1, cookie="sesi")
    for name, header in (("ayu", "Holds-Words"), ("budi", "Content-Language")):
        headers = [("Retry-After", "60"), (header, "yes")]
        inside.remember(scope(name), "429 Too Many Requests", headers, b"")
    assert inside.refusal(scope("ayu")) is None
    assert inside.refusal(scope("budi")) is not None


def test_limit_is_asked_again_after_some_seconds_and_when_it_ends() -> None:
    now = [100.0]
    inside = Admission(1, cookie="sesi", seconds=lambda: now[0])
    for name, after in (("ayu", "60"), ("budi", "2")):
        inside.remember(scope(name), "429 Too Many Requests", [("Retry-After", after)], b"")
    now[0] = 101.9
    assert (inside.refusal(scope("ayu")), inside.refusal(scope("budi"))) != (None, None)
    now[0] = 102.0
    assert inside.refusal(scope("budi")) is None
    assert inside.refusal(scope("ayu")) is not None
    now[0] = 105.0
    assert inside.refusal(scope("ayu")) is None
