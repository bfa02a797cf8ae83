"""Changing holidays: by hand, and from the national calendar that a package knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM, Actor
from rembuk.common.errors import Invalid
from rembuk.common.text import clean_line
from rembuk.regions.models import Region

from . import selectors
from .calendar import national
from .models import Holiday, HolidayKind
from .verbs import HOLIDAY_ADDED, HOLIDAY_CHANGED, HOLIDAY_REMOVED, HOLIDAYS_SEEDED

SEEDED_YEARS = range(2025, 2029)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayFacts:
    """What is said of a holiday: its date, name, kind, region (national without one) and source."""

    on: date
    name: str
    kind: str = HolidayKind.PUBLIC
    region: Region | None = None
    source: str = ""


def add_holiday(facts: HolidayFacts, *, by: Actor, reason: str = "", at: datetime | None = None) -> Holiday:
    """Enter a holiday; deadlines reckoned from now on respect it.

    Raises:
        Invalid: for an empty name, an unknown kind, or a day already entered for that region.
    """
    _check(facts)
    with transaction.atomic():
        holiday = Holiday(**_fields(facts))
        _save(holiday)
        audit.record(
            HOLIDAY_ADDED, by=by, target=_target(holiday), after=_told(holiday), reason=reason, at=at
        )
        _invalidate()
    return holiday


def change_holiday(
    holiday: Holiday, facts: HolidayFacts, *, by: Actor, reason: str = "", at: datetime | None = None
) -> Holiday:
    """Replace what is said of a holiday.

    Raises:
        Invalid: as ``add_holiday``.
    """
    _check(facts)
    with transaction.atomic():
        holiday = Holiday.objects.select_for_update(of=("self",)).get(pk=holiday.pk)
        before = _told(holiday)
        for name, value in _fields(facts).items():
            setattr(holiday, name, value)
        _save(holiday)
        after = _told(holiday)
        audit.record(
            HOLIDAY_CHANGED, by=by, target=_target(holiday), before=before, after=after, reason=reason, at=at
        )
        _invalidate()
    return holiday


def remove_holiday(holiday: Holiday, *, by: Actor, reason: str = "", at: datetime | None = None) -> None:
    """Make a holiday an ordinary day again."""
    with transaction.atomic():
        before, target = _told(holiday), _target(holiday)
        holiday.delete()
        audit.record(HOLIDAY_REMOVED, by=by, target=target, before=before, reason=reason, at=at)
        _invalidate()


def remove_holidays(holidays: Sequence[Holiday], *, by: Actor, reason: str, at: datetime) -> int:
    """Make several holidays ordinary days again; one entry in the trail for each, joined by a mark. Returns how many."""
    with transaction.atomic():
        keys = [holiday.pk for holiday in holidays]
        found = list(Holiday.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("on", "id"))
        entries = [(HOLIDAY_REMOVED, _target(holiday), {"removed": _told(holiday)}) for holiday in found]
        Holiday.objects.filter(pk__in=[holiday.pk for holiday in found]).delete()
        audit.record_many(entries, by=by, at=at, bulk=str(uuid4()), reason=reason)
        _invalidate()
    return len(found)


def fresh_holidays(years: Iterable[int]) -> list[Holiday]:
    """National holidays of these years that are not entered yet, unsaved."""
    taken = set(Holiday.objects.filter(region=None).values_list("on", flat=True))
    return [holiday for holiday in national(years) if holiday.on not in taken]


def seed_holidays(
    *, by: Actor = SYSTEM, at: datetime | None = None, years: Sequence[int] = SEEDED_YEARS
) -> int:
    """Fill in public holidays and collective leave of ``years``; returns how many were new.

    Days already entered stay as they are, so that corrections after a new joint decree survive. A year whose
    holidays were all removed by hand comes back: run it once.
    """
    with transaction.atomic():
        fresh = fresh_holidays(years)
        Holiday.objects.bulk_create(fresh, ignore_conflicts=True)
        if fresh:
            told = {"years": list(years), "added": len(fresh)}
            audit.record(
                HOLIDAYS_SEEDED, by=by, target=audit.Target("holiday", "national"), after=told, at=at
            )
            _invalidate()
    return len(fresh)


def _check(facts: HolidayFacts) -> None:
    problems = {}
    if not clean_line(facts.name) or len(facts.name) > 200:
        problems["name"] = [_("Give the holiday a name of at most 200 characters.")]
    if facts.kind not in HolidayKind.values:
        problems["kind"] = [_("Choose one of the offered answers.")]
    if problems:
        raise Invalid(_("The holiday can't be saved like this."), fields=problems)


def _save(holiday: Holiday) -> None:
    try:
        with transaction.atomic():
            holiday.save()
    except IntegrityError:
        taken = _("This day is already entered.")
        raise Invalid(_("The holiday can't be saved like this."), fields={"on": [taken]}) from None


def _fields(facts: HolidayFacts) -> dict[str, object]:
    return {
        "on": facts.on,
        "name": clean_line(facts.name),
        "kind": facts.kind,
        "region": facts.region,
        "source": clean_line(facts.source)[:200],
    }


def _told(holiday: Holiday) -> dict[str, object]:
    return {"on": holiday.on, "name": holiday.name, "kind": holiday.kind, "region": holiday.region_id}


def _target(holiday: Holiday) -> audit.Target:
    return audit.Target("holiday", f"{holiday.on:%Y-%m-%d}/{holiday.region_id or 'national'}")


def _invalidate() -> None:
    selectors.forget()
    transaction.on_commit(selectors.forget)
