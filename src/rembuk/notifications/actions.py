"""What people do with notices: read them, choose how they are mailed, end mails by a link. And removal."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid

from . import kinds, unsubscribe
from .models import Delivery, DeliveryState, Event, Frequency, Notice, Preference, Unreachable
from .selectors import frequencies
from .verbs import PREFERENCES_CHANGED, UNSUBSCRIBED


def mark_read(
    person_id: int, notice_ids: Collection[int] | None = None, *, at: datetime | None = None
) -> int:
    """Mark notices of a person as read, all of them without ids; returns how many were unread."""
    unread = Notice.objects.filter(person_id=person_id, read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return unread.update(read_at=instant(at))


def choose(
    person_id: int, choices: Mapping[str, str], *, by: Actor, at: datetime | None = None
) -> dict[str, Frequency]:
    """Save how a person wants to be mailed, by kind; returns what changed. Holds for notices from now on.

    Raises:
        Invalid: for a kind nobody may choose about, or an unknown frequency; nothing is saved then.
    """
    optional = {kind.key for kind in kinds.optional()}
    if not set(choices) <= optional or not set(choices.values()) <= set(Frequency.values):
        raise Invalid(_("Choose one of the offered answers."))
    with transaction.atomic():
        before = frequencies(person_id)
        new = {key: Frequency(value) for key, value in choices.items() if before[key] != value}
        _store(person_id, new)
        if new:
            old = {key: before[key] for key in new}
            audit.record(PREFERENCES_CHANGED, by=by, target=_person(person_id), before=old, after=new, at=at)
    return new


def end_mails(token: str, *, by: Actor, at: datetime | None = None) -> list[kinds.Kind]:
    """End the mails that the token of a link names; returns the kinds. Needs no sign-in and may be repeated.

    Mails of these kinds that wait are not sent.

    Raises:
        NotVisible: when the token isn't one of ours.
    """
    wish = unsubscribe.read(token)
    with transaction.atomic():
        now = frequencies(wish.person_id)
        daily = {key for key, frequency in now.items() if frequency == Frequency.DAILY}
        named = daily if wish.kind == unsubscribe.EVERYTHING_DAILY else {wish.kind} & set(now)
        ended = {key for key in named if now[key] != Frequency.NEVER}
        _store(wish.person_id, dict.fromkeys(ended, Frequency.NEVER))
        waiting = Delivery.objects.filter(person_id=wish.person_id, state=DeliveryState.QUEUED)
        waiting.filter(notice__event__kind__in=named).update(
            state=DeliveryState.SKIPPED, problem="preference", changed_at=instant(at)
        )
        if ended:
            after = dict.fromkeys(sorted(ended), Frequency.NEVER)
            audit.record(UNSUBSCRIBED, by=by, target=_person(wish.person_id), after=after, at=at)
    return [kinds.known(key) for key in sorted(named)]


def reach_again(person_id: int) -> None:
    """Write to a person again: her address was changed or confirmed."""
    Unreachable.objects.filter(person_id=person_id).delete()


def erase(person_id: int) -> None:
    """Remove everything kept about a person here; called in the transaction that deletes the account."""
    for model in (Delivery, Notice, Preference, Unreachable):
        model.objects.filter(person_id=person_id).delete()


def prune(older_than_days: int = 730, *, at: datetime | None = None) -> int:
    """Remove events with their notices after that many days; returns how many rows went."""
    limit = instant(at) - timedelta(days=older_than_days)
    gone, _by_model = Event.objects.filter(created_at__lt=limit).delete()
    return gone


def _store(person_id: int, choices: Mapping[str, Frequency]) -> None:
    rows = [Preference(person_id=person_id, kind=key, frequency=value) for key, value in choices.items()]
    Preference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["person_id", "kind"], update_fields=["frequency"]
    )


def _person(person_id: int) -> audit.Target:
    return audit.Target("person", str(person_id))
