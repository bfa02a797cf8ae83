"""What /metrics tells of the page cache: each way of answering, what went for others, and how much is kept."""

from collections.abc import Callable, Iterable
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from prometheus_client import REGISTRY

from rembuk.web.pagecache import figures, freshness
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


class Ended(Exception):
    """The end of a loop that has none."""


class OneSecond:
    """A bell that nobody rings; the loop ends with the first second."""

    def wait(self, _seconds: float) -> None:
        raise Ended


def test_answers_from_the_loop_are_counted_once_within_a_second_even_without_a_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = PageCache(site, limit=100_000, personal_cookies=("s",), watches=False)
    ask(cache, "/usulan/")
    figures.tell()  # what other tests left
    before = figure("answers_total", "hit"), figure("unchanged_total")
    host = (b"host", b"testserver")
    for lines in ((host,), (host,), (host, (b"if-none-match", b'"a"'))):
        assert cache.at_hand(b"GET", b"/usulan/", "http", lines) is not None
    monkeypatch.setattr(freshness.Watch, "look", Mock(side_effect=OperationalError))
    for _ in range(2):
        with pytest.raises(Ended):
            freshness._repeat(freshness.Watch(cache.store), OneSecond())  # type: ignore[arg-type]
    assert (figure("answers_total", "hit"), figure("unchanged_total")) == (before[0] + 3, before[1] + 1)
