"""Reading holidays. Closed days are kept in the process for a while: lists ask for them row by row."""

from datetime import date
from time import monotonic

from django.db.models import Q, QuerySet

from rembuk.common import reading

from .models import Holiday

KEEP_SECONDS = 30.0

_kept: dict[str, tuple[float, frozenset[date]]] = {}


def holidays(year: int | None = None) -> QuerySet[Holiday]:
    """Holidays by date, of one year or all."""
    found = Holiday.objects.select_related("region").order_by("on", "id")
    return found if year is None else found.filter(on__year=year)


def years() -> list[int]:
    """The years that have holidays entered."""
    return [day.year for day in Holiday.objects.dates("on", "year")]


def last_year_entered() -> int | None:
    """The last year with a national holiday entered: later deadlines count weekends only."""
    last = Holiday.objects.filter(region=None).order_by("-on").first()
    return last.on.year if last else None


def closed_days(region: str = "") -> frozenset[date]:
    """All closed dates nationally and, with a region code, in that region and those around it.

    At most ``KEEP_SECONDS`` old in other processes, at once in the one that changed them.
    """
    found = _kept.get(region)
    if found and monotonic() - found[0] < KEEP_SECONDS:
        return found[1]
    parts = region.split(".") if region else []
    around = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    days = Holiday.objects.filter(Q(region=None) | Q(region__in=around)).values_list("on", flat=True)
    with reading.outside():
        closed = frozenset(days)
    _kept[region] = (monotonic(), closed)
    return closed


def forget() -> None:
    """Drop what this process keeps; called after a change and between tests."""
    _kept.clear()
