"""The password hash: argon2id with OWASP's 19 MiB, two passes, one lane (about 30 ms a sign-in), few at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import Busy

# A hash keeps a core and 19 MiB busy. So many at a time in each process leave the other threads to readers.
SLOTS = 2
# Whoever would wait longer is told to come back: an answer within 200 ms (a fifth of it is for the rest).
WAIT_SECONDS = 0.16
RETRY_SECONDS = 5

_slots = threading.BoundedSemaphore(SLOTS)


class Argon2(Argon2PasswordHasher):
    """OWASP Password Storage Cheat Sheet, argon2id: m=19 MiB, t=2, p=1."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash to keep.

        Raises:
            Busy: when others hash already and none is done in time.
        """
        with _slot():
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the one hashed.

        Raises:
            Busy: as ``encode``.
        """
        with _slot():
            return bool(super().verify(password, encoded))


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=WAIT_SECONDS):
        raise Busy(
            _("Very many people are signing in right now. Please try again in some seconds."),
            retry_after=RETRY_SECONDS,
        )
    try:
        yield
    finally:
        _slots.release()
