"""One form, one deed: the same form sent twice, by a second press or because the answer was lost, does it once.

The web layer says what was sent (``during``); the first entry of the trail claims it, in the transaction of the deed:
what is rolled back claims nothing, and a second request waits until the first has ended. Decision 0069.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from rembuk.common import clock, transactions

from .models import Sending

# A second press, a browser's second try, a line that came back: what comes later was mostly meant.
JUST_NOW: Final = timedelta(minutes=2)


class AlreadySent(Exception):
    """Another request has done the deed of this form: what this one has begun has to be rolled back.

    No DomainError, so that an act on many rows doesn't take it for the refusal of one.
    """


@dataclass
class Sent:
    """The form of this request: ``key_of`` gives its key or ``None``, asked only when a deed is about to be done."""

    key_of: Callable[[], uuid.UUID | None]
    nonce: uuid.UUID = field(default_factory=uuid.uuid4)
    has_claimed: bool = False
    has_repeated: bool = False
    in_parts: bool = False

    @cached_property
    def key(self) -> uuid.UUID | None:
        """The same for the same form with the same content from the same person; ``None`` for a form without a key."""
        return self.key_of()


@dataclass(frozen=True, slots=True)
class Answer:
    """How the first was answered: ``status`` 0 until it is, ``location`` where it led, ``is_old`` not just now."""

    status: int
    location: str
    is_old: bool = False


_current: ContextVar[Sent | None] = ContextVar("sent_form", default=None)

CLAIM = """
    sent AS (
        INSERT INTO audit_sending (key, nonce) VALUES (%(sent_key)s, %(sent_nonce)s)
        ON CONFLICT (key) DO NOTHING RETURNING key
    ), mine AS (
        SELECT key FROM sent UNION ALL
        SELECT key FROM audit_sending WHERE key = %(sent_key)s AND nonce = %(sent_nonce)s LIMIT 1
    )
"""
"""Two parts of a WITH: ``mine`` has one row when the deed is this request's, now or since an earlier entry; else none."""
_CLAIM_ALONE = f"WITH {CLAIM} SELECT EXISTS (SELECT FROM mine)"  # noqa: S608


@contextmanager
def during(sent: Sent) -> Iterator[Sent]:
    """What is done inside belongs to this form."""
    token = _current.set(sent)
    try:
        yield sent
    finally:
        _current.reset(token)


def params() -> dict[str, uuid.UUID] | None:
    """The values for ``CLAIM``, or ``None`` where no form with a key was sent. Whoever takes them claims."""
    sent = _current.get()
    if sent is None or sent.key is None:
        return None
    sent.has_claimed = True
    return {"sent_key": sent.key, "sent_nonce": sent.nonce}


def claim() -> None:
    """Claim the form for a deed that leaves no entry in the trail, or writes before its entry; in its transaction.

    Raises:
        AlreadySent: when another request has done it.
        TransactionManagementError: outside of a transaction.
    """
    transactions.require_open("deeds of a form")
    values = params()
    if values is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_ALONE, values)
        if cursor.fetchone() != (True,):
            raise AlreadySent


def note_repeatable() -> None:
    """Remember that this form has done a deed that may be done again: no other request stands in its way."""
    sent = _current.get()
    if sent is not None:
        sent.has_repeated = True


def begin_parts() -> uuid.UUID:
    """Begin an act on many things in a transaction each, every one inside ``part``; returns the mark that joins them.

    The same form has the same mark: what one request leaves undone, because its process was killed, the next one does.
    """
    sent = _current.get()
    if sent is None or sent.key is None:
        return uuid.uuid4()
    sent.in_parts = True
    Sending.objects.bulk_create([Sending(key=sent.key, nonce=sent.nonce)], ignore_conflicts=True)
    return sent.key


@contextmanager
def part(name: str) -> Iterator[None]:
    """What is done inside is one of many deeds of this form, claimed by itself."""
    whole = _current.get()
    if whole is None or whole.key is None:
        yield
        return
    with during(Sent(partial(uuid.uuid5, whole.key, name), whole.nonce)):
        yield


def is_done_elsewhere() -> bool:
    """Whether another request has done the deed of this form, or of this part of it."""
    sent = _current.get()
    return sent is not None and answer_of_first(sent) is not None


def keep_answer(sent: Sent, answer: Answer) -> None:
    """Keep how this form was answered, for whoever sends it again; a refusal gives it free.

    A form is refused as a whole: what was written before the refusal (a file) is no deed by itself.
    """
    if sent.key is None or not (sent.has_claimed or sent.in_parts):
        return
    mine: QuerySet[Sending] = Sending.objects.filter(key=sent.key)
    if not sent.in_parts:
        mine = mine.filter(nonce=sent.nonce)
    if 400 <= answer.status < 500:
        mine.delete()
    else:
        mine.update(status=answer.status, location=answer.location)


def answer_of_first(sent: Sent) -> Answer | None:
    """How another request with the same form was answered; ``None`` when there was none."""
    if sent.key is None:
        return None
    found = (
        Sending.objects.filter(key=sent.key).exclude(nonce=sent.nonce).values_list("status", "location", "at")
    )
    row = found.first()
    if row is None:
        return None
    status, location, at = row
    return Answer(status, location, is_old=clock.now() - at > JUST_NOW)


def forget_sendings(*, before: datetime) -> int:
    """Delete what nobody will send again; returns how many."""
    deleted, _kinds = Sending.objects.filter(at__lt=before).delete()
    return deleted
