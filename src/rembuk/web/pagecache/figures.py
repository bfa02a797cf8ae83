"""What the page cache counts, for ``/metrics``."""

from prometheus_client import Counter, Gauge

ANSWERS = Counter(
    "rembuk_page_cache_answers",
    "Requests by how the page cache answered: hit, stale, fallback (stale since the page could not be made), "
    "made, waited, passed (not for everybody, or not to be kept)",
    ["how"],
)
HIT, STALE, FALLBACK, MADE, WAITED, PASSED = (
    ANSWERS.labels(how) for how in ("hit", "stale", "fallback", "made", "waited", "passed")
)
UNCHANGED = Counter("rembuk_page_cache_unchanged", "Answers of the page cache that were 304")
OUTDATED = Counter("rembuk_page_cache_outdated", "Kept pages that an act of staff made old")
EVICTED = Counter("rembuk_page_cache_evicted", "Kept pages that had to go for others (REMBUK_PAGE_CACHE_MB)")
BYTES = Gauge("rembuk_page_cache_bytes", "Bytes of kept pages", multiprocess_mode="livesum")
PAGES = Gauge("rembuk_page_cache_pages", "Kept pages", multiprocess_mode="livesum")


class Later:
    """A figure of the loop of the web server, which alone adds to ``count``: a plain number, as writing each answer down for
    other processes costs as much as finding its page."""

    def __init__(self, counter: Counter) -> None:
        self._counter, self.count, self._told = counter, 0, 0

    def tell(self) -> None:
        """Write down what came since the last time."""
        count = self.count
        self._counter.inc(count - self._told)
        self._told = count


AT_HAND, AT_HAND_UNCHANGED = Later(HIT), Later(UNCHANGED)
"""Answers from the loop, all of them hits, and those of them that were 304."""


def tell() -> None:
    """Write down what the loop answered since the last time; due once a second."""
    AT_HAND.tell()
    AT_HAND_UNCHANGED.tell()
