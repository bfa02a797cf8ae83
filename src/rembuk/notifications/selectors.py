"""Reading the inbox, preferences and who can't be reached."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from . import kinds
from .models import Delivery, DeliveryState, Frequency, Notice, Preference, Unreachable


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person has chosen for a kind, or its default."""

    kind: kinds.Kind
    frequency: Frequency


def unread_count(person_id: int, most: int = 100) -> int:
    """How many notices a person has not read, counted up to ``most``."""
    return len(Notice.objects.filter(person_id=person_id, read_at=None).values_list("pk", flat=True)[:most])


def inbox(person_id: int, *, before: int | None = None, limit: int = 30) -> list[Notice]:
    """One page of a person's notices with their events, newest first; ``before`` is the last id shown."""
    found = received(person_id).order_by("-pk")
    return list((found if before is None else found.filter(pk__lt=before))[:limit])


def received(person_id: int) -> QuerySet[Notice]:
    """A person's notices with their events, without order."""
    return Notice.objects.filter(person_id=person_id).select_related("event")


def notice(person_id: int, notice_id: int) -> Notice | None:
    """One notice of this person."""
    return Notice.objects.filter(person_id=person_id, pk=notice_id).select_related("event").first()


def frequencies(person_id: int) -> dict[str, Frequency]:
    """How a person is mailed, by kind, for every kind she may choose about."""
    chosen = dict(Preference.objects.filter(person_id=person_id).values_list("kind", "frequency"))
    return {kind.key: Frequency(chosen.get(kind.key, kind.default)) for kind in kinds.optional()}


def choices(person_id: int) -> list[Choice]:
    """The same as a list for a page, by category."""
    now = frequencies(person_id)
    return [Choice(kind, now[kind.key]) for kind in kinds.optional()]


def unreachable(person_ids: Collection[int]) -> set[int]:
    """Those of these persons whose mail server refused for good."""
    found = Unreachable.objects.filter(person_id__in=person_ids).values_list("person_id", flat=True)
    return set(found)


def in_inbox(event_key: str) -> set[int]:
    """The persons who have this event in their inbox."""
    return set(Notice.objects.filter(event__key=event_key).values_list("person_id", flat=True))


def waiting() -> dict[str, int]:
    """How many mails are in which state that is not final, for the health page and metrics."""
    states = [DeliveryState.QUEUED, DeliveryState.HANDED_OVER]
    open_ones = Delivery.objects.filter(state__in=states)
    counted = open_ones.aggregate(**{state.value: Count("pk", filter=Q(state=state)) for state in states})
    return {state: int(number) for state, number in counted.items()}
