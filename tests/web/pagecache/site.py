"""The site itself behind a page cache, in the transaction of a test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from rembuk.web.pagecache.cache import PageCache


@contextmanager
def django_behind_a_cache() -> Iterator[PageCache]:
    """The whole site as a web server asks it; connections stay open, for they carry the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield PageCache(
            get_wsgi_application(), limit=64_000_000, personal_cookies=("rembuk_session",), watches=False
        )
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
