"""The password hash (20 to 30 ms of a core a sign-in), few at a time, and behind those that make pages."""

import json
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext_lazy as _
from prometheus_client import Counter

from rembuk.accounts.passwords import hasher
from rembuk.common.errors import Busy
from rembuk.runtime import env
from rembuk.runtime.spare import Spares


def places(cores: int, processes: int) -> int:
    """How many hashes each web process works on at a time: half of the machine's cores for all of them, one at least.

    A hash keeps a core and 19 MiB busy; with all cores taken, every page waits for one.
    """
    return max(1, cores // (2 * processes))


_CORES = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
SLOTS = places(_CORES, env.load().web_workers)
# Whoever would wait longer is told to come back: an answer within 200 ms (a fifth of it is for all else).
WAIT_SECONDS = 0.16
PATIENT_SECONDS = 5.0
RETRY_SECONDS = 5
# Of a core that both want, pages get three parts and passwords one (man 7 sched).
NICE = 5
# Without an answer from a program for spare time by then, no core is free: the hash is worked out on a thread.
SPARE_SECONDS = 0.25
# A place of a web server rests after each hash for so long beside it: a core that only hashes slows the pages on all others,
# and each sign-in asks for a page of its own (decision 61).
REST, MOST_REST_SECONDS = 0.6, 0.05
HASHES = Counter(
    "rembuk_password_hashes", "Password hashes worked out: in spare time, or on a thread", ["where"]
)

_patience: ContextVar[float | None] = ContextVar("patience", default=None)


@contextmanager
def patiently() -> Iterator[None]:
    """Within it a hash waits ``PATIENT_SECONDS`` for its place: for the next of several that belong together."""
    before = _patience.set(PATIENT_SECONDS)
    try:
        yield
    finally:
        _patience.reset(before)


class _Turn(threading.Event):
    """Set when a place is given; it may be used from an instant on (``time.monotonic``)."""

    ready = 0.0


class Line:
    """So many places; one that is given back goes to whoever waits longest, not to the one who comes again at once.

    A semaphore gives it to the latter: ten recovery codes in a row would keep everybody else from signing in.
    """

    def __init__(self, places: int) -> None:
        self._free = [0.0] * places
        self._waiting: deque[_Turn] = deque()
        self._lock = threading.Lock()

    def acquire(self, *, timeout: float) -> bool:
        """Take a place, waiting at most so many seconds for it, and then until it has rested; whether there was one."""
        ready = self._taken(timeout)
        if ready is None:
            return False
        try:
            time.sleep(max(0.0, ready - time.monotonic()))
        except BaseException:
            self.release()
            raise
        return True

    def release(self, *, rest: float = 0.0) -> None:
        """Give a place back, which is to rest for so many seconds."""
        ready = time.monotonic() + rest
        with self._lock:
            if self._waiting:
                turn = self._waiting.popleft()
                turn.ready = ready
                turn.set()
            else:
                self._free.append(ready)

    def _taken(self, timeout: float) -> float | None:
        with self._lock:
            if self._free:
                ready = min(self._free)
                self._free.remove(ready)
                return ready
            turn = _Turn()
            self._waiting.append(turn)
        if turn.wait(timeout):
            return turn.ready
        with self._lock:
            if turn.is_set():  # given in this very moment
                return turn.ready
            self._waiting.remove(turn)
            return None


_slots = Line(SLOTS)


class Argon2(Argon2PasswordHasher):
    """OWASP Password Storage Cheat Sheet, argon2id: m=19 MiB, t=2, p=1."""

    memory_cost = hasher.MEMORY_KIB
    time_cost = hasher.PASSES
    parallelism = hasher.LANES

    def encode(self, password: str, salt: str) -> str:
        """The hash to keep.

        Raises:
            Busy: when others hash already and none is done in time.
        """
        return f"{self.algorithm}{_worked_out(hasher.to_hash(password, salt))}"

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the one hashed.

        Raises:
            Busy: as ``encode``.
        """
        return _worked_out(hasher.to_verify(password, encoded.removeprefix(str(self.algorithm)))) is True


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=_patience.get() or WAIT_SECONDS):
        raise Busy(
            _("Very many people are signing in right now. Please try again in some seconds."),
            retry_after=RETRY_SECONDS,
        )
    began = time.monotonic()
    try:
        yield
    finally:
        _slots.release(rest=min(MOST_REST_SECONDS, REST * (time.monotonic() - began)) if _spares else 0.0)


def _worked_out(question: bytes) -> object:
    with _slot():
        answer = _spares.ask(question, SPARE_SECONDS) if _spares else None
        HASHES.labels("spare" if answer is not None else "thread").inc()
        if answer is None:
            answer = _threads().submit(hasher.answer, question).result()
    return json.loads(answer)


_spares: Spares | None = None


def use_spare_time() -> None:
    """From now on hashes of this process are worked out by programs beside it, as long as cores are free for them.

    For a web server: a thread of it at work, however low, may hold what the pages of the same process wait for.
    """
    global _spares
    _spares = Spares(Path(hasher.__file__), SLOTS)


def _begin_anew() -> None:
    global _spares, _slots
    _spares, _slots = None, Line(SLOTS)
    _threads.cache_clear()


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(SLOTS, thread_name_prefix="password", initializer=_stand_behind)


# Neither places nor threads nor the programs of the parent are those of a forked process.
os.register_at_fork(after_in_child=_begin_anew)


def _stand_behind() -> None:
    if sys.platform == "linux":  # elsewhere a priority is that of the whole process
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
