"""A thread in each process that notices, once a second, what staff changed, so that visitors see it within two."""

import logging
import threading
import time
from datetime import timedelta

from django.core.cache import caches
from django.db import close_old_connections, connections

from rembuk.audit.selectors import visible_changes
from rembuk.common import clock
from rembuk.programs import kinds
from rembuk.siteconfig import selectors as siteconfig
from rembuk.web.pagecache import figures
from rembuk.web.pagecache.store import Store
from rembuk.workdays import selectors as workdays

_log = logging.getLogger(__name__)
PAUSE = 1.0
# A change becomes readable when its transaction ends; one that lasts longer than this is left to the lifetime of pages.
_BACK = timedelta(minutes=5)


class Watch:
    """Reads the marks that staff acts leave, each once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: frozenset[int] = frozenset()

    def look(self) -> int:
        """Mark the pages that new changes concern; returns how many changes were new.

        All are new to the first look: pages may have been made before it.
        """
        found = visible_changes(clock.now() - _BACK)
        new = [(kind, key) for number, kind, key in found if number not in self._seen]
        self._seen = frozenset(number for number, _kind, _key in found)
        if new:
            self._forget_values()
            figures.OUTDATED.inc(self._store.outdate(set(new), time.monotonic()))
        return len(new)

    def _forget_values(self) -> None:
        """Drop what this process keeps for seconds, so that pages are made with what holds now."""
        for forget in (siteconfig.forget, workdays.forget, kinds.forget, caches["memory"].clear):
            forget()


def start(store: Store) -> threading.Event:
    """Watch for as long as the process lives; while the database is away, pages stay as they are.

    Returns a bell: set it, and the next look is at once.
    """
    bell = threading.Event()
    threading.Thread(target=_repeat, args=(Watch(store), bell), name="pagecache", daemon=True).start()
    return bell


def _repeat(watch: Watch, bell: threading.Event) -> None:
    is_blind = False
    while True:
        close_old_connections()
        try:
            watch.look()
        except Exception:  # the watch outlives a lost database
            if not is_blind:
                _log.warning("page_cache_blind", exc_info=True)
            is_blind = True
        else:
            is_blind = False
        finally:
            connections.close_all()
        figures.tell()
        bell.wait(PAUSE)
        bell.clear()
