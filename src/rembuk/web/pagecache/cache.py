"""The WSGI application around Django that answers visitors from kept pages."""

import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeGuard

from rembuk.runtime.patience import LINE
from rembuk.web.pagecache import entries, figures, freshness
from rembuk.web.pagecache.entries import Entry, Form, Headers
from rembuk.web.pagecache.questions import Line, Questions
from rembuk.web.pagecache.requests import (
    LISTED,
    Environ,
    Page,
    for_refill,
    is_for_everybody,
    is_listed,
    key_of,
    shared_seconds,
)
from rembuk.web.pagecache.store import Key, Store

type Start = Callable[..., Any]
type Application = Callable[[Environ, Start], Iterable[bytes]]

STALE_SECONDS = 24 * 3600
GRACE_SECONDS = 0.7
"""How long an outdated page may still be shown while a new one is made; with the second until a change is noticed below
the two seconds within which visitors see an act of staff."""
WAIT_SECONDS, LOOK_SECONDS = 5.0, 0.1


class PageCache:
    """Answers GET and HEAD of visitors from memory; everything else, and whatever is not to be kept, goes on to Django.

    One request at a time makes a page; others see the old one meanwhile, or wait when there is none they may see. A page
    that cannot be made (the database is gone) is shown as it last was, for a day, unless staff changed it since.
    """

    def __init__(
        self,
        application: Application,
        *,
        limit: int,
        personal_cookies: tuple[str, ...],
        watches: bool = True,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """``limit`` in bytes; without ``watches`` acts of staff are not noticed; ``seconds`` is the clock."""
        self._application, self._cookies, self._seconds = application, personal_cookies, seconds
        self.store, self._questions = Store(limit), Questions(personal_cookies)
        self._is_watching, self._lock = not watches, threading.Lock()
        self._bell: threading.Event | None = None
        if watches:
            os.register_at_fork(after_in_child=self._start_anew)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """One request."""
        if not self._is_watching:
            self._watch()
        if not is_for_everybody(environ, self._cookies):
            return self._pass(environ, start_response)
        key = page, query = key_of(environ)
        entry = self.store.get(key)
        if not self.store.is_known(page):
            # Its form may need the cookie that came along.
            if "HTTP_COOKIE" in environ:
                return self._meet(page, environ, start_response)
        elif (names := self.store.names(page)) is None or not (entry or is_listed(query, names)):
            return self._pass(environ, start_response)
        if entry is not None and entry.is_fresh(self._seconds()):
            figures.HIT.inc()
            return self._send(entry, environ, start_response)
        return self._renew(key, entry, environ, start_response)

    def at_hand(
        self, method: bytes, url: bytes, scheme: str, lines: tuple[Line, ...]
    ) -> tuple[Form, int, bool] | None:
        """What can be answered at once without a thread: a fresh page in a packing that is made already.

        The request is given as ``Questions.read`` wants it. Returns the form, its age in seconds, and whether the browser
        has it; ``None`` where only the call can answer.
        """
        if not self._is_watching:
            self._watch()
        if (question := self._questions.read(method, url, scheme, lines)) is None:
            return None
        key, packing, has = question
        entry, now = self.store.get(key), self._seconds()
        if entry is None or not entry.is_fresh(now) or self.store.names(key[0]) is None:
            return None
        form = entry.forms.get(packing if entry.is_packable else "")
        if form is None:
            return None
        figures.AT_HAND.count += 1
        is_there = bool(has) and entries.has(form.tag, has)
        if is_there:
            figures.AT_HAND_UNCHANGED.count += 1
        return form, int(now - entry.made_at), is_there

    def _pass(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        figures.PASSED.inc()
        answer = self._application(environ, start_response)
        if environ["REQUEST_METHOD"] == "POST" and self._bell is not None:
            # Most likely an act of staff at this very process: its colleagues are told by the clock.
            self._bell.set()
        return answer

    def _meet(self, page: Page, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Hand on a request for a page not seen before, and learn from it what the page reads."""
        answer = self._pass(environ, start_response)
        if LISTED in environ:
            self.store.learn(page, environ[LISTED])
        return answer

    def _renew(self, key: Key, old: Entry | None, environ: Environ, start_response: Start) -> Iterable[bytes]:
        waiting = self.store.begin(key)
        if waiting is None:
            try:
                return self._make(key, old, environ, start_response)
            finally:
                self.store.finish(key)
        if old is not None and _may_be_shown(old, self._seconds()):
            figures.STALE.inc()
            return self._send(old, environ, start_response)
        _wait(waiting)
        made = self.store.get(key)
        if made is None or not _may_be_shown(made, self._seconds()):
            return self._pass(environ, start_response)
        figures.WAITED.inc()
        return self._send(made, environ, start_response)

    def _make(self, key: Key, old: Entry | None, environ: Environ, start_response: Start) -> Iterable[bytes]:
        made_at, asked = self._seconds(), for_refill(environ)
        answer = _Answer()
        try:
            body = self._application(asked, answer.begin)
        except Exception:
            if _may_stand_in(old, made_at):
                return self._stand_in(old, environ, start_response)
            raise
        lifetime = shared_seconds(answer.named) if answer.status.startswith("200") else 0
        names: frozenset[str] | None = asked.get(LISTED)
        query = key[1]
        if not lifetime or names is None or not is_listed(query, names):
            if answer.status.startswith("5") and _may_stand_in(old, made_at):
                _close(body)
                return self._stand_in(old, environ, start_response)
            return self._unkept(key, names, answer, body, environ, start_response)
        whole = b"".join(body)
        _close(body)
        entry = entries.make(key[0][2], answer.headers, whole, lifetime=lifetime, made_at=made_at)
        self.store.learn(key[0], names)
        figures.EVICTED.inc(self.store.put(key, entry))
        figures.BYTES.set(self.store.bytes)
        figures.PAGES.set(len(self.store))
        figures.MADE.inc()
        return self._send(entry, environ, start_response)

    def _unkept(
        self,
        key: Key,
        names: frozenset[str] | None,
        answer: "_Answer",
        body: Iterable[bytes],
        environ: Environ,
        start_response: Start,
    ) -> Iterable[bytes]:
        """Hand on what must not be kept; a page that never is goes straight to Django from now on."""
        figures.PASSED.inc()
        if answer.status.startswith("200"):
            self.store.learn(key[0], names)
        start_response(answer.status, answer.headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            _close(body)
            return [b""]
        return body

    def _stand_in(self, old: Entry, environ: Environ, start_response: Start) -> Iterable[bytes]:
        figures.FALLBACK.inc()
        return self._send(old, environ, start_response)

    def _send(self, entry: Entry, environ: Environ, start_response: Start) -> Iterable[bytes]:
        form = entries.form_for(entry, environ.get("HTTP_ACCEPT_ENCODING", ""))
        age = ("Age", str(int(self._seconds() - entry.made_at)))
        if entries.has(form.tag, environ.get("HTTP_IF_NONE_MATCH", "")):
            figures.UNCHANGED.inc()
            start_response("304 Not Modified", [*entries.without_body(form.headers), age])
            return [b""]
        start_response("200 OK", [*form.headers, age])
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]

    def _watch(self) -> None:
        """Start the thread that notices changes."""
        with self._lock:
            if not self._is_watching:
                self._is_watching = True
                self._bell = freshness.start(self.store)

    def _start_anew(self) -> None:
        """A server may fork after loading; threads stay behind."""
        self._is_watching, self._lock = False, threading.Lock()


class _Answer:
    """Status and headers, as Django begins to answer."""

    status = ""

    def __init__(self) -> None:
        self.headers: Headers = []

    def begin(self, status: str, headers: Headers, exc_info: object = None) -> None:
        """What WSGI calls ``start_response``."""
        self.status, self.headers = status, headers

    @property
    def named(self) -> dict[str, str]:
        """Headers by lower-case name."""
        return {name.lower(): value for name, value in self.headers}


def _wait(made: threading.Event) -> None:
    """Until the page is made; not for long while whoever makes it waits for a database that is away."""
    for _ in range(round(WAIT_SECONDS / LOOK_SECONDS)):
        if made.wait(LOOK_SECONDS) or LINE.is_away:
            return


def _may_be_shown(entry: Entry, now: float) -> bool:
    if entry.outdated_at is not None:
        return now - entry.outdated_at < GRACE_SECONDS
    return now - entry.made_at < entry.lifetime + STALE_SECONDS


def _may_stand_in(old: Entry | None, now: float) -> TypeGuard[Entry]:
    """Whether a page may be shown in place of one that can't be made: never what staff have changed since."""
    return old is not None and old.outdated_at is None and now - old.made_at < old.lifetime + STALE_SECONDS


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()
