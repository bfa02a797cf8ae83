"""What comes packed and kept for good already, the site's own files, goes past the page cache from the first request on."""

from collections.abc import Callable, Iterable
from typing import Any

from rembuk.web.pagecache.cache import PageCache
from tests.web.pagecache.asking import ask


def test_first_request_for_a_file_says_what_the_browser_unpacks() -> None:
    seen: list[dict[str, Any]] = []

    def files(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        seen.append(environ)
        start(
            "200 OK", [("Content-Type", "text/css"), ("Cache-Control", "max-age=31536000, public, immutable")]
        )
        return [b"a{}"]

    cache = PageCache(files, limit=1_000_000, personal_cookies=("session",), watches=False)
    ask(cache, "/static/rembuk.0123456789ab.css", accept_encoding="br")
    assert seen[0]["HTTP_ACCEPT_ENCODING"] == "br"
    assert len(cache.store) == 0
