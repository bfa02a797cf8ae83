"""Reading the system log: filters and keyset pages, newest first."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from .models import LogRecord

LEVELS = {name: logging.getLevelNamesMapping()[name] for name in ("INFO", "WARNING", "ERROR", "CRITICAL")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to look for; everything empty is everything. ``level`` is the least one, by its number."""

    level: int = 0
    event: str = ""
    person_ids: tuple[int, ...] | None = None
    request_id: str = ""
    address: str = ""
    since: datetime | None = None
    until: datetime | None = None
    security_only: bool = False


def records(
    wanted: Filter = Filter(), *, after: tuple[datetime, int] | None = None, limit: int = 50
) -> list[LogRecord]:
    """One page: at most ``limit`` records older than the (``at``, id) of the last one shown."""
    found = _filtered(wanted)
    if after is not None:
        found = found.filter(Q(at__lte=after[0]), Q(at__lt=after[0]) | Q(id__lt=after[1]))
    return list(found.order_by("-at", "-id")[:limit])


def _filtered(wanted: Filter) -> QuerySet[LogRecord]:
    conditions: Sequence[tuple[object, Q]] = (
        (wanted.level, Q(level__gte=wanted.level)),
        (wanted.event, Q(event__startswith=wanted.event)),
        (wanted.person_ids is not None, Q(person_id__in=wanted.person_ids or ())),
        (wanted.request_id, Q(request_id=wanted.request_id)),
        (wanted.address, Q(address=wanted.address or None)),
        (wanted.since, Q(at__gte=wanted.since)),
        (wanted.until, Q(at__lt=wanted.until)),
        (wanted.security_only, Q(is_security=True)),
    )
    found = LogRecord.objects.all()
    for given, condition in conditions:
        if given:
            found = found.filter(condition)
    return found


def events() -> list[str]:
    """The names of the security events that were seen, for a filter."""
    return list(
        LogRecord.objects.filter(is_security=True)
        .order_by("event")
        .values_list("event", flat=True)
        .distinct()
    )
