"""A value by its name, its type and the function that makes it; read from memory, else the table, else made."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any
from weakref import WeakSet

import msgspec
from django.db import InternalError, transaction
from prometheus_client import Counter
from psycopg.errors import ReadOnlySqlTransaction

from rembuk.common import clock, reading
from rembuk.keeping import rows

MOST_SECONDS = 60.0
# While somebody else makes a value, others are shown the former one: so old at most, and so long.
MEANWHILE_SECONDS, AGAIN_SECONDS = 300.0, 1.0
# Who reads a value is noted no more often than this.
NOTE_SECONDS = 120.0
MADE = Counter(
    "rembuk_kept_made", "Kept values that this process made; a web process does where no worker did in time"
)


@dataclass(frozen=True, slots=True)
class Made[Value]:
    """A value and when it was made, which tells one making from the next."""

    value: Value
    at: datetime


class Kept[Value]:
    """One kept value. It is shared by everybody who reads it in a process, so its type should not be changeable.

    ``kind`` is its type: dataclasses, tuples, numbers, texts, dates and the like (msgspec). Rows hold JSON that is checked
    against it: somebody who can write into the database can show wrong figures by it, but runs nothing in a process.
    """

    def __init__(self, name: str, kind: type[Value], make: Callable[[], Value]) -> None:
        self.name = name
        self._make = make
        self._decoder = msgspec.json.Decoder(kind)
        self._held: tuple[Made[Value], float] | None = None
        self._at_work = Lock()
        shape = json.dumps(msgspec.json.schema(kind), sort_keys=True, default=str)
        self.key = f"{name}:{hashlib.sha256(shape.encode()).hexdigest()[:12]}"
        _known.add(self)

    def get(self) -> Value:
        """The value, made at most ``MOST_SECONDS`` ago, or a few minutes while somebody makes it anew."""
        return self.made().value

    def made(self) -> Made[Value]:
        """The same, with the instant at which it was made."""
        if held := self._in_memory():
            return held
        # Not from a late copy, and not by a connection that can't write: what is kept is for everybody.
        with reading.outside():
            row = rows.read(self.key)
            try:
                if row is not None and row.asked > NOTE_SECONDS:
                    rows.note_asked(self.key)
                return self._found(row, MOST_SECONDS) or self._anew(row)
            except InternalError as problem:
                if not isinstance(problem.__cause__, ReadOnlySqlTransaction):
                    raise
                return self._meanwhile(row)  # a failover; pages that only read go on

    def _anew(self, row: rows.Row | None) -> Made[Value]:
        """Made by one thread of the process; the others are shown the former value, or wait where there is none."""
        if self._at_work.locked() and (former := self._found(row, MEANWHILE_SECONDS)):
            return former
        with self._at_work:
            return self._in_memory() or self.remake() or self._meanwhile(row)

    def remake(self, older_than: float = MOST_SECONDS) -> Made[Value] | None:
        """Make the value unless it was made since; ``None`` if somebody else makes it at this moment."""
        with transaction.atomic():
            moment = rows.lock(self.key)
            if moment is None:
                return None
            found = self._found(rows.read(self.key), older_than)
            if found is not None:
                return found
            value = self._make()
            rows.write(self.key, msgspec.json.encode(value).decode(), moment)
            MADE.inc()
        return self._hold(Made(value, moment), MOST_SECONDS)

    def forget(self) -> None:
        """Drop what this process holds."""
        self._held = None

    def _found(self, row: rows.Row | None, seconds: float) -> Made[Value] | None:
        """What a row holds, if that was made within so many seconds and is of the type."""
        if row is None or not 0 <= row.age < seconds:
            return None
        try:
            found = Made(self._decoder.decode(row.value), row.made_at)
        except msgspec.DecodeError:
            return None
        return self._hold(found, max(MOST_SECONDS - row.age, AGAIN_SECONDS))

    def _meanwhile(self, row: rows.Row | None) -> Made[Value]:
        """The former value while somebody else makes it anew; without one that can be shown, a making of one's own."""
        found = self._found(row, MEANWHILE_SECONDS)
        return found or self._hold(Made(self._make(), clock.now()), AGAIN_SECONDS)

    def _in_memory(self) -> Made[Value] | None:
        held = self._held
        return held[0] if held is not None and monotonic() < held[1] else None

    def _hold(self, found: Made[Value], seconds: float) -> Made[Value]:
        self._held = found, monotonic() + seconds
        return found


_known: WeakSet[Kept[Any]] = WeakSet()


def forget_held() -> None:
    """Drop what this process holds of all values."""
    for kept in _known:
        kept.forget()
