"""What /metrics tells of the page cache: each way of answering, what went for others, and how much is kept."""

from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import REGISTRY

from rembuk.web.pagecache.cache import PageCache
from rembuk.web.pagecache.requests import LISTED
from tests.web.pagecache.asking import ask


def site(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    environ[LISTED] = frozenset({"q"})
    start(
        "200 OK", [("Content-Type", "text/html"), ("Cache-Control", "public, s-maxage=30"), ("ETag", '"a"')]
    )
    return [b"x" * 2000]


def figure(name: str, how: str = "") -> float:
    return REGISTRY.get_sample_value(f"rembuk_page_cache_{name}", {"how": how} if how else {}) or 0


def test_answers_are_counted_by_how_they_came_about() -> None:
    now = 1000.0
    cache = PageCache(site, limit=100_000, personal_cookies=("s",), watches=False, seconds=lambda: now)
    before = {how: figure("answers_total", how) for how in ("made", "hit", "passed")}
    for path in ("/usulan/", "/usulan/", "/usulan/?x=1"):
        ask(cache, path)
    assert {how: figure("answers_total", how) - before[how] for how in before} == {
        "made": 1,
        "hit": 1,
        "passed": 1,
    }
    assert figure("pages") == 1
    assert figure("bytes") == cache.store.bytes > 2000
    unchanged = figure("unchanged_total")
    ask(cache, "/usulan/", if_none_match='"a"')
    assert figure("unchanged_total") == unchanged + 1


def test_pages_that_go_for_others_are_counted() -> None:
    cache = PageCache(site, limit=21_000, personal_cookies=("s",), watches=False)
    before = figure("evicted_total")
    for letter in "abcdefg":
        ask(cache, f"/usulan/?q={letter}")
    assert figure("evicted_total") - before == 7 - len(cache.store) > 0
