"""The outbox: what domains call to tell people something. Everything else happens later, in the worker."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from rembuk.common.clock import instant

from .kinds import known
from .models import Delivery, DeliveryState, Event, Frequency, Notice, Preference


def enqueue(
    event_key: str,
    *,
    kind: str,
    recipients: Iterable[int],
    params: Mapping[str, Any],
    url: str,
    at: datetime | None = None,
) -> int:
    """Tell people of an event, in the caller's transaction; returns how many are newly told.

    Each person is told once however many things join in the event, and once however often this is called
    with the same ``event_key`` (name it after the fact: ``proposal.published:USL-2026-000123:1``). ``params``
    fill the kind's sentences and ``url`` is a path of this site. Mail follows the person's preference.

    Raises:
        TransactionManagementError: outside of a transaction.
        UnknownKind: for a kind that is not registered.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("notices are written in the transaction of what they tell")
    known(kind)
    people = sorted(set(recipients))
    if not people:
        return 0
    moment = instant(at)
    event = _event(event_key, kind, params, url, moment)
    told = _notices(event, people)
    _deliveries(told, kind, moment)
    if told:
        _wake(event.pk)
    return len(told)


def _event(key: str, kind: str, params: Mapping[str, Any], url: str, at: datetime) -> Event:
    defaults = {"kind": kind, "params": {name: _plain(value) for name, value in params.items()}, "url": url}
    event, _ = Event.objects.get_or_create(key=key, defaults={**defaults, "created_at": at})
    return event


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)


def _notices(event: Event, people: list[int]) -> list[Notice]:
    before = set(Notice.objects.filter(event=event, person_id__in=people).values_list("person_id", flat=True))
    fresh = [Notice(event=event, person_id=person) for person in people if person not in before]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=2000)
    # Ids are not returned with ignore_conflicts; rows made at the same moment by another call are theirs.
    wanted = [notice.person_id for notice in fresh]
    return list(Notice.objects.filter(event=event, person_id__in=wanted, delivery__isnull=True))


def _deliveries(notices: list[Notice], kind_key: str, at: datetime) -> None:
    kind = known(kind_key)
    people = [notice.person_id for notice in notices]
    chosen = dict(
        Preference.objects.filter(kind=kind_key, person_id__in=people).values_list("person_id", "frequency")
    )
    rows = []
    for notice in notices:
        frequency = chosen.get(notice.person_id, kind.default) if kind.is_optional else kind.default
        state = DeliveryState.SKIPPED if frequency == Frequency.NEVER else DeliveryState.QUEUED
        rows.append(
            Delivery(
                notice=notice,
                person_id=notice.person_id,
                frequency=frequency,
                state=state,
                due_at=at,
                changed_at=at,
            )
        )
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)


def _wake(event_id: int) -> None:
    from .tasks import deliver_event

    with transaction.atomic():
        deliver_event.defer(event_id=event_id)
