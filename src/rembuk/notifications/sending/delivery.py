"""Handing mails over: claim (committed), send, note the outcome.

A worker killed between hand-over and note may send that mail a second time, never a third; a mail that
was noted is never sent again. Nothing here raises for a mail server's refusal: it is an outcome.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMultiAlternatives, mailers
from django.db.models import QuerySet

from rembuk.common.clock import instant
from rembuk.notifications import addressbook
from rembuk.notifications.addressbook import Contact, Sender
from rembuk.notifications.models import Delivery, DeliveryState, Frequency, Notice, Unreachable

from . import allowance, claims, letters
from .outcomes import SENT, Outcome, not_connected, outcome_of

logger = logging.getLogger(__name__)
MOST_PER_RUN = 500


class Post:
    """A connection to the mail server for one run, opened with the first mail."""

    def __init__(self) -> None:
        self.is_down = False
        self._backend: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._close()

    def send(self, mail: EmailMultiAlternatives) -> Outcome:
        """Hand one mail over; after a failure the next one begins with a new connection."""
        try:
            self._open()
        except OSError as error:
            self.is_down = True
            return self._failed(not_connected(error))
        try:
            self._backend.send_messages([mail])
        except (OSError, ValueError) as error:  # SMTPException and every network error are OSErrors
            return self._failed(outcome_of(error))
        return SENT

    def _open(self) -> None:
        if self._backend is None:
            backend = mailers.default
            backend.open()
            self._backend = backend

    def _failed(self, outcome: Outcome) -> Outcome:
        self._close()
        told = {"problem": outcome.problem, "state": str(outcome.state)}
        logger.warning("mail not handed over", extra=told)
        return outcome

    def _close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            try:
                backend.close()
            except OSError:
                logger.info("mail server was gone at the end")


def send_event(event_id: int, *, at: datetime | None = None) -> int:
    """Mail what the recipients of an event want at once; returns how many mails were handed over."""
    return _send_singles(Delivery.objects.filter(notice__event=event_id), at)


def send_waiting(*, at: datetime | None = None) -> int:
    """Mail everything that is due: single mails first, then daily letters; returns how many were sent."""
    moment = instant(at)
    claims.recover_lost(moment)
    allowance.forget_old(moment)
    singles = _send_singles(Delivery.objects.all(), at)
    return singles + _run(lambda limit, now: claims.claim_digest(limit, now), letters.digest, at)


def _send_singles(deliveries: QuerySet[Delivery], at: datetime | None) -> int:
    def claim(limit: int, now: datetime) -> list[Delivery]:
        row = claims.claim_single(deliveries, limit, now)
        return [row] if row else []

    def write(notices: Sequence[Notice], contact: Contact, sender: Sender) -> EmailMultiAlternatives:
        return letters.single(notices[0], contact, sender)

    return _run(claim, write, at)


def _run(
    claim: Callable[[int, datetime], list[Delivery]],
    write: Callable[[Sequence[Notice], Contact, Sender], EmailMultiAlternatives],
    at: datetime | None,
) -> int:
    sender = addressbook.sender()
    handed_over = 0
    with Post() as post:
        for _turn in range(MOST_PER_RUN):
            rows = claim(sender.mails_per_hour, instant(at))
            if not rows:
                break
            outcome = _deliver(rows, write, sender, post)
            claims.note(rows, outcome, instant(at))
            handed_over += outcome.state == DeliveryState.SENT
            if post.is_down:
                break
    return handed_over


def _deliver(
    rows: Sequence[Delivery],
    write: Callable[[Sequence[Notice], Contact, Sender], EmailMultiAlternatives],
    sender: Sender,
    post: Post,
) -> Outcome:
    person_id = rows[0].person_id
    contact = addressbook.contacts([person_id]).get(person_id)
    if contact is None or not contact.email:
        return Outcome(DeliveryState.SKIPPED, "no address")
    if Unreachable.objects.filter(person_id=person_id).exists():
        return Outcome(DeliveryState.SKIPPED, "unreachable")
    keys = [row.notice_id for row in rows]
    notices = list(Notice.objects.filter(pk__in=keys).select_related("event").order_by("pk"))
    if rows[0].frequency == Frequency.DAILY:
        notices = [notice for notice in notices if notice.read_at is None]
    if not notices:
        return Outcome(DeliveryState.SKIPPED, "read already")
    try:
        mail = write(notices, contact, sender)
    except Exception:
        # One letter that can't be written must not hold up all others.
        logger.exception("letter could not be written", extra={"notice_ids": keys})
        return Outcome(DeliveryState.FAILED, "letter could not be written")
    return post.send(mail)
