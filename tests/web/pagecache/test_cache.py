"""The page cache around a small application: what is kept, for whom, how long, and what happens in a fault."""

import gzip
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import brotli
import pytest

from rembuk.web.pagecache.cache import PageCache
from rembuk.web.pagecache.requests import LISTED
from tests.web.pagecache.asking import Seconds, ask

BODY = "<p>Usulan warga</p> " * 100
PUBLIC = "public, max-age=0, must-revalidate, s-maxage=30"


class Site:
    """An application that counts how often it is asked, and does what a test tells it."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.policy, self.status, self.body = PUBLIC, "200 OK", BODY
        self.reads: frozenset[str] | None = frozenset({"q"})
        self.more: list[tuple[str, str]] = []
        self.before: Callable[[], object] = lambda: None

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        self.asked.append(environ)
        self.before()
        if self.reads is not None and "public" in self.policy:
            environ[LISTED] = self.reads
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", self.policy)]
        start(self.status, [*headers, ("ETag", f'"{hash(self.body)}"'), *self.more])
        return [self.body.encode()]


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def cache(site: Site, seconds: Seconds) -> PageCache:
    cookies = ("rembuk_session", "messages")
    return PageCache(site, limit=1_000_000, personal_cookies=cookies, watches=False, seconds=seconds)


def test_second_visitor_is_answered_without_the_site(site: Site, cache: PageCache) -> None:
    first, second = ask(cache, "/usulan/"), ask(cache, "/usulan/")
    assert (first.body, second.body) == (BODY.encode(), BODY.encode())
    assert len(site.asked) == 1
    assert second.headers["cache-control"] == PUBLIC
    assert second.headers["age"] == "0"


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", None)]
)
def test_page_is_packed_as_the_browser_takes_it(
    cache: PageCache, accepted: str, encoding: str | None
) -> None:
    answer = ask(cache, "/usulan/", accept_encoding=accepted)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(answer.body) == BODY.encode()
    assert answer.headers.get("content-encoding") == encoding
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_refused_packing_is_not_sent(cache: PageCache) -> None:
    assert "content-encoding" not in ask(cache, "/usulan/", accept_encoding="br;q=0, gzip; q=0").headers


@pytest.mark.parametrize("accepted", ["br", "gzip", ""])
def test_browser_that_has_the_page_gets_304_for_its_own_packing_only(cache: PageCache, accepted: str) -> None:
    tag = ask(cache, "/usulan/", accept_encoding=accepted).headers["etag"]
    again = ask(cache, "/usulan/", accept_encoding=accepted, if_none_match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    other = "gzip" if accepted == "br" else "br"
    assert ask(cache, "/usulan/", accept_encoding=other, if_none_match=tag).status == 200


def test_head_has_the_headers_of_the_page_and_no_body(site: Site, cache: PageCache) -> None:
    head = ask(cache, "/usulan/", method="HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(BODY)))
    assert ask(cache, "/usulan/").body == BODY.encode()
    assert [asked["REQUEST_METHOD"] for asked in site.asked] == ["GET"]


@pytest.mark.parametrize(
    "asking",
    [
        {"cookie": "rembuk_session=abc"},
        {"cookie": "a=b; messages=xyz"},
        {"authorization": "Bearer x"},
        {"x_forwarded_proto": "https, http"},
        {"hx_request": ""},
        {"method": "POST"},
    ],
)
def test_whoever_is_somebody_is_neither_kept_nor_answered_from_what_is_kept(
    site: Site, cache: PageCache, asking: dict[str, str]
) -> None:
    ask(cache, "/usulan/", **asking)
    assert len(cache.store) == 0
    ask(cache, "/usulan/")
    ask(cache, "/usulan/", **asking)
    assert len(site.asked) == 3


def test_kept_page_is_made_from_nobodys_request(site: Site, cache: PageCache) -> None:
    ask(cache, "/usulan/")
    ask(cache, "/usulan/?q=a", cookie="rembuk_csrf=t", referer="https://x/", accept_language="en")
    made = site.asked[-1]
    assert not {"HTTP_COOKIE", "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE"} & made.keys()


def test_form_page_keeps_the_cookie_that_came_with_the_first_request(site: Site, cache: PageCache) -> None:
    site.policy = "private, no-store"
    for _ in range(2):
        ask(cache, "/akun/masuk/", cookie="rembuk_csrf=t")
    assert [asked.get("HTTP_COOKIE") for asked in site.asked] == ["rembuk_csrf=t"] * 2


@pytest.mark.parametrize(
    "change",
    [
        {"policy": "private, no-store"},
        {"policy": "public, max-age=60"},
        {"status": "404 Not Found"},
        {"status": "302 Found"},
        {"more": [("Set-Cookie", "a=b")]},
        {"reads": None},
    ],
)
def test_what_is_not_for_everybody_is_never_kept(
    site: Site, cache: PageCache, change: dict[str, Any]
) -> None:
    for name, value in change.items():
        setattr(site, name, value)
    for _ in range(2):
        assert ask(cache, "/usulan/").status == int(site.status.split()[0])
    assert (len(site.asked), len(cache.store)) == (2, 0)


def test_query_is_part_of_the_name_of_a_page(site: Site, cache: PageCache) -> None:
    for path in ("/usulan/", "/usulan/?q=jalan", "/usulan/?q=air", "/usulan/?q=jalan"):
        ask(cache, path)
    assert [asked["QUERY_STRING"] for asked in site.asked] == ["", "q=jalan", "q=air"]


@pytest.mark.parametrize("query", ["x=1", "q=a&x=1", "q=a&q=b", "q=" + "a" * 600])
def test_query_the_page_does_not_read_is_neither_kept_nor_answered_from_what_is_kept(
    site: Site, cache: PageCache, query: str
) -> None:
    for _ in range(2):
        ask(cache, f"/usulan/?{query}")
    assert (len(site.asked), len(cache.store)) == (2, 0)


def test_marks_of_other_sites_are_dropped_before_the_page_is_made(site: Site, cache: PageCache) -> None:
    ask(cache, "/usulan/?utm_source=wa&q=a&fbclid=zz")
    ask(cache, "/usulan/?q=a")
    assert [asked["QUERY_STRING"] for asked in site.asked] == ["q=a"]


@pytest.mark.parametrize(
    "other", [{"host": "lain.go.id"}, {"hx_request": "true"}, {"x_forwarded_proto": "https"}]
)
def test_host_scheme_and_fragment_are_part_of_the_name(
    site: Site, cache: PageCache, other: dict[str, str]
) -> None:
    ask(cache, "/usulan/")
    ask(cache, "/usulan/", **other)
    assert len(site.asked) == 2


def test_page_past_its_lifetime_is_made_anew(site: Site, cache: PageCache, seconds: Seconds) -> None:
    ask(cache, "/usulan/")
    seconds.now += 29
    assert ask(cache, "/usulan/").headers["age"] == "29"
    assert len(site.asked) == 1
    seconds.now += 2
    site.body = BODY + "baru"
    assert ask(cache, "/usulan/").body.endswith(b"baru")


def test_page_is_made_once_for_many_and_the_old_one_is_shown_meanwhile(
    site: Site, cache: PageCache, seconds: Seconds
) -> None:
    ask(cache, "/usulan/")
    seconds.now += 31
    begun, go_on = threading.Event(), threading.Event()
    site.body, site.before = BODY + "baru", lambda: (begun.set(), go_on.wait(5))
    maker = threading.Thread(target=ask, args=(cache, "/usulan/"))
    maker.start()
    begun.wait(5)
    assert [ask(cache, "/usulan/").body for _ in range(3)] == [BODY.encode()] * 3
    go_on.set()
    maker.join(5)
    assert ask(cache, "/usulan/").body.endswith(b"baru")
    assert len(site.asked) == 2


def test_first_visitors_at_once_wait_for_one_maker(site: Site, cache: PageCache) -> None:
    site.before = lambda: time.sleep(0.2)
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(ask(cache, "/usulan/").body)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert found == [BODY.encode()] * 8
    assert len(site.asked) == 1


@pytest.mark.parametrize("is_raised", [True, False])
def test_page_that_cannot_be_made_is_shown_as_it_was(
    site: Site, cache: PageCache, seconds: Seconds, is_raised: bool
) -> None:
    def fail() -> None:
        site.status = "500 Internal Server Error"
        if is_raised:
            raise ConnectionError

    ask(cache, "/usulan/")
    seconds.now += 3600
    site.before = fail
    assert ask(cache, "/usulan/").body == BODY.encode()


def test_page_staff_changed_is_not_shown_in_place_of_one_that_cannot_be_made(
    site: Site, cache: PageCache
) -> None:
    ask(cache, "/usulan/USL-2026-000001/")
    cache.store.outdate([("proposal", "USL-2026-000001")], 1000.0 - 5)
    site.body = "USL-2026-000001"
    cache.store.outdate([("settings", "site")], 1000.0 - 5)
    site.status = "500 Internal Server Error"
    assert ask(cache, "/usulan/USL-2026-000001/").status == 500


def test_failure_without_anything_kept_reaches_the_server(site: Site, cache: PageCache) -> None:
    def fail() -> None:
        raise ConnectionError

    site.before = fail
    with pytest.raises(ConnectionError):
        ask(cache, "/usulan/")


@pytest.mark.parametrize(
    ("path", "body", "change", "is_made_anew"),
    [
        ("/usulan/USL-2026-000001/", "USL-2026-000001", ("proposal", "USL-2026-000001"), True),
        ("/usulan/USL-2026-000001/", "USL-2026-000001", ("proposal", "USL-2026-000002"), False),
        ("/program/PRG-2026-0001/", "PRG-2026-0001 USL-2026-000002", ("proposal", "USL-2026-000002"), True),
        ("/usulan/", "", ("proposal", "USL-2026-000002"), True),
        ("/diskusi/usulan/USL-2026-000001/", "", ("proposal", "USL-2026-000001"), True),
        ("/usulan/USL-2026-000001/", "USL-2026-000001", ("settings", "site"), True),
        ("/usulan/USL-2026-000001/", "USL-2026-000001", ("comment", "c0ffee"), True),
    ],
)
def test_staff_act_makes_pages_old_that_may_show_it(
    site: Site, cache: PageCache, path: str, body: str, change: tuple[str, str], is_made_anew: bool
) -> None:
    site.body = body
    ask(cache, path)
    cache.store.outdate([change], 1000.0)
    ask(cache, path)
    assert len(site.asked) == (2 if is_made_anew else 1)


def test_page_begun_before_a_staff_act_was_noticed_is_made_again(site: Site, cache: PageCache) -> None:
    site.before = lambda: cache.store.outdate([("settings", "site")], 1000.0)
    ask(cache, "/usulan/")
    site.before = lambda: None
    ask(cache, "/usulan/")
    ask(cache, "/usulan/")
    assert len(site.asked) == 2


def test_bytes_are_limited_and_the_longest_unused_goes_first(site: Site) -> None:
    cache = PageCache(site, limit=22_000, personal_cookies=("s",), watches=False)
    for name in ("a", "b", "c", "d", "a", "e"):
        ask(cache, f"/usulan/?q={name}")
    assert cache.store.bytes <= 22_000
    before = len(site.asked)
    ask(cache, "/usulan/?q=a")
    assert len(site.asked) == before
    ask(cache, "/usulan/?q=b")
    assert len(site.asked) == before + 1


def test_page_larger_than_a_quarter_of_the_cache_is_not_kept(site: Site) -> None:
    cache = PageCache(site, limit=4_000, personal_cookies=("s",), watches=False)
    assert ask(cache, "/usulan/").body == BODY.encode()
    assert len(cache.store) == 0
