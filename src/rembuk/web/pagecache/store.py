"""Where pages lie: at most so many bytes, the longest unused go first; one maker at a time for each page."""

import threading
from collections import OrderedDict
from collections.abc import Iterable

from rembuk.web.pagecache.entries import Entry, touched
from rembuk.web.pagecache.requests import Page

type Key = tuple[Page, str]

MOST_NAMES = 20_000


class Store:
    """Kept pages by page and query, and what each page reads of its query. Safe for threads."""

    def __init__(self, limit: int) -> None:
        self._limit, self._bytes = limit, 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._names: OrderedDict[Page, frozenset[str] | None] = OrderedDict()
        self._makers: dict[Key, threading.Event] = {}
        # When the first change was noticed while a page was being made: it may lack that one.
        self._noticed: dict[Key, float] = {}
        self._lock = threading.Lock()

    @property
    def bytes(self) -> int:
        """What the pages take."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._entries)

    def names(self, page: Page) -> frozenset[str] | None:
        """The parameters the page reads; ``None`` while that is not known, or when the page is never kept."""
        return self._names.get(page)

    def is_known(self, page: Page) -> bool:
        """Whether the page was made before."""
        return page in self._names

    def learn(self, page: Page, names: frozenset[str] | None) -> None:
        """Remember what a page reads, or (``None``) that it is never kept."""
        with self._lock:
            self._names[page] = names
            self._names.move_to_end(page)
            if len(self._names) > MOST_NAMES:
                self._names.popitem(last=False)

    def get(self, key: Key) -> Entry | None:
        """The kept page, now the last used."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: Key, entry: Entry) -> int:
        """Keep a page that its maker has made. Returns how many had to go for it."""
        count = 0
        with self._lock:
            self._drop(key)
            if entry.size > self._limit // 4:
                return count
            entry.outdated_at = self._noticed.get(key)
            self._entries[key] = entry
            self._bytes += entry.size
            while self._bytes > self._limit:
                oldest = next(iter(self._entries))
                self._drop(oldest)
                count += 1
        return count

    def _drop(self, key: Key) -> None:
        old = self._entries.pop(key, None)
        if old is not None:
            self._bytes -= old.size

    def outdate(self, changes: Iterable[tuple[str, str]], now: float) -> int:
        """Mark every page that may have to show one of the changes; returns how many."""
        listed, count = list(changes), 0
        with self._lock:
            for key in self._makers:
                self._noticed.setdefault(key, now)
            for entry in self._entries.values():
                if entry.outdated_at is None and touched(entry, listed):
                    entry.outdated_at = now
                    count += 1
        return count

    def begin(self, key: Key) -> threading.Event | None:
        """Become the maker of a page (``None``), or get what to wait for while another one makes it."""
        with self._lock:
            if (waiting := self._makers.get(key)) is not None:
                return waiting
            self._makers[key] = threading.Event()
            return None

    def finish(self, key: Key) -> None:
        """Let those go on who waited for the maker."""
        with self._lock:
            self._noticed.pop(key, None)
            self._makers.pop(key).set()
