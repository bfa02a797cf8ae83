"""Django behind a page cache, and the thread's eye on what staff change."""

from collections.abc import Iterator

import pytest

from rembuk.web.pagecache.cache import PageCache
from rembuk.web.pagecache.freshness import Watch
from tests.web.pagecache.asking import Seconds
from tests.web.pagecache.site import django_behind_a_cache


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def page_cache() -> Iterator[PageCache]:
    """The whole site behind an empty cache."""
    with django_behind_a_cache() as cache:
        yield cache


@pytest.fixture
def watch(page_cache: PageCache) -> Watch:
    """One that has had its first look."""
    made = Watch(page_cache.store)
    made.look()
    return made
