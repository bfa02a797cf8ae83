"""The outbox: what domains call to tell people something. Everything else happens later, in the worker."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection

from rembuk.common import transactions
from rembuk.common.clock import WIB, instant

from .kinds import Kind, known
from .models import Delivery, DeliveryState, Event, Frequency, Notice, Preference

DIGEST_TIME = time(6, 0)
"""When daily letters go out, in WIB: before people start the day."""
BATCH = 2000


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
    transactions.require_open("notices")
    what, moment, people = known(kind), instant(at), sorted(set(recipients))
    if not people:
        return 0
    defaults = {"kind": kind, "params": _plain(params), "url": url, "created_at": moment}
    event, _is_new = Event.objects.get_or_create(key=event_key, defaults=defaults)
    told = _notices(event, people)
    if _deliveries(told, what, moment):
        from .tasks import deliver_event

        deliver_event.defer(event_id=event.pk)
    return len(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One of many notices of a kind that are written together, each for one person; ``key`` as in ``enqueue``."""

    key: str
    person_id: int
    params: Mapping[str, Any]
    url: str


def enqueue_each(letters: Sequence[Letter], *, kind: str, at: datetime | None = None) -> int:
    """Tell each person something of her own, in a number of statements that doesn't grow; returns how many are told.

    A key that was used before tells nobody again.

    Raises:
        TransactionManagementError: outside of a transaction.
        UnknownKind: for a kind that is not registered.
    """
    transactions.require_open("notices")
    what, moment = known(kind), instant(at)
    persons = {letter.key: letter.person_id for letter in letters}
    known_keys = set(Event.objects.filter(key__in=persons).values_list("key", flat=True))
    new = {letter.key: letter for letter in letters if letter.key not in known_keys}
    if not new:
        return 0
    made = [
        Event(key=letter.key, kind=kind, params=_plain(letter.params), url=letter.url, created_at=moment)
        for letter in new.values()
    ]
    events = Event.objects.bulk_create(made)
    notices = Notice.objects.bulk_create(
        [Notice(event=event, person_id=persons[event.key]) for event in events]
    )
    if _deliveries(notices, what, moment):
        from .tasks import deliver_event

        jobs: list[dict[str, Any]] = [{"event_id": event.pk} for event in events]
        deliver_event.batch_defer(*jobs)
    return len(notices)


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in params.items()}


def next_digest(at: datetime) -> datetime:
    """When the next daily letter goes out after an instant."""
    local = at.astimezone(WIB)
    today = datetime.combine(local.date(), DIGEST_TIME, WIB)
    return today if local < today else today + timedelta(days=1)


def _notices(event: Event, people: list[int]) -> list[Notice]:
    """The notices made now; a person who has one, also by a call at the same moment, gets no other."""
    made: list[Notice] = []
    sql = (
        "INSERT INTO notifications_notice (event_id, person_id) SELECT %s, unnest(%s::bigint[]) "
        "ON CONFLICT (event_id, person_id) DO NOTHING RETURNING id, person_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [event.pk, people])
        made.extend(Notice(pk=pk, event=event, person_id=person) for pk, person in cursor.fetchall())
    return made


def _deliveries(notices: list[Notice], kind: Kind, at: datetime) -> bool:
    """Make the mails of the notices; returns whether any of them is due at once."""
    people = [notice.person_id for notice in notices]
    chosen = Preference.objects.filter(kind=kind.key, person_id__in=people) if kind.is_optional else []
    own = {preference.person_id: Frequency(preference.frequency) for preference in chosen}
    rows = [_delivery(notice, own.get(notice.person_id, kind.default), at) for notice in notices]
    Delivery.objects.bulk_create(rows, batch_size=BATCH)
    return any(row.frequency == Frequency.INSTANTLY for row in rows)


def _delivery(notice: Notice, frequency: Frequency, at: datetime) -> Delivery:
    return Delivery(
        notice=notice,
        person_id=notice.person_id,
        frequency=frequency,
        state=DeliveryState.SKIPPED if frequency == Frequency.NEVER else DeliveryState.QUEUED,
        problem="preference" if frequency == Frequency.NEVER else "",
        due_at=next_digest(at) if frequency == Frequency.DAILY else at,
        changed_at=at,
    )
