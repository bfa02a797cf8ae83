"""Claiming mails that wait, and noting what became of them. Two workers never claim the same one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from rembuk.notifications.models import Delivery, DeliveryState, Frequency, Unreachable

from . import allowance
from .outcomes import RETRY_AFTER, Outcome

LOST_AFTER = timedelta(minutes=10)
"""A mail handed over so long ago without an outcome: its worker was killed."""


def claim_single(deliveries: QuerySet[Delivery], limit: int, at: datetime) -> Delivery | None:
    """Take the next mail that is wanted at once; ``None`` when none waits or the hour's limit is used up."""
    ready = deliveries.filter(frequency=Frequency.INSTANTLY, state=DeliveryState.QUEUED, due_at__lte=at)
    with transaction.atomic():
        row = ready.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk").first()
        if row is None or not allowance.take(limit, at):
            return None
        _hand_over([row], at)
    return row


def claim_digest(limit: int, at: datetime) -> list[Delivery]:
    """Take all mails of one person for the daily letter; empty when none is due or the limit is used up."""
    ready = Delivery.objects.filter(frequency=Frequency.DAILY, state=DeliveryState.QUEUED, due_at__lte=at)
    with transaction.atomic():
        first = ready.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
        if first is None:
            return []
        rows = list(
            ready.filter(person_id=first.person_id).select_for_update(skip_locked=True).order_by("pk")
        )
        if not allowance.take(limit, at):
            return []
        _hand_over(rows, at)
    return rows


def note(rows: Sequence[Delivery], outcome: Outcome, at: datetime) -> None:
    """Write down what became of handed-over mails; a passing failure puts them back for later."""
    state, due_at = _next(rows, outcome, at)
    changes: dict[str, Any] = {"state": state, "due_at": due_at, "changed_at": at, "problem": outcome.problem}
    if state == DeliveryState.SENT:
        changes["sent_at"] = at
    if outcome.is_doubtful:
        changes["is_doubtful"] = True
    keys = [row.pk for row in rows]
    with transaction.atomic():
        Delivery.objects.filter(pk__in=keys, state=DeliveryState.HANDED_OVER).update(**changes)
        if outcome.is_unreachable:
            defaults = {"since": at, "problem": outcome.problem}
            Unreachable.objects.get_or_create(person_id=rows[0].person_id, defaults=defaults)


def _next(rows: Sequence[Delivery], outcome: Outcome, at: datetime) -> tuple[DeliveryState, datetime]:
    """The state to go to, and when to try again."""
    if outcome.state != DeliveryState.QUEUED:
        return outcome.state, at
    tries = max(row.tries for row in rows)
    is_doubtful_again = outcome.is_doubtful and any(row.is_doubtful for row in rows)
    if is_doubtful_again or tries > len(RETRY_AFTER):
        return DeliveryState.FAILED, at
    return DeliveryState.QUEUED, at + RETRY_AFTER[tries - 1]


def recover_lost(at: datetime) -> int:
    """Put back mails whose worker was killed between hand-over and mark: once, then they are given up."""
    lost = Delivery.objects.filter(state=DeliveryState.HANDED_OVER, changed_at__lte=at - LOST_AFTER)
    given_up = lost.filter(is_doubtful=True).update(
        state=DeliveryState.FAILED, problem="outcome unknown twice", changed_at=at
    )
    again = lost.filter(is_doubtful=False).update(
        state=DeliveryState.QUEUED, is_doubtful=True, due_at=at, changed_at=at
    )
    return given_up + again


def _hand_over(rows: Sequence[Delivery], at: datetime) -> None:
    keys = [row.pk for row in rows]
    Delivery.objects.filter(pk__in=keys).update(
        state=DeliveryState.HANDED_OVER, tries=F("tries") + 1, changed_at=at
    )
    for row in rows:
        row.tries += 1
