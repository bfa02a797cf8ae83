"""Holidays are entered, changed and removed with an entry in the trail, and deadlines follow at once."""

from datetime import date

import pytest

from rembuk.audit.actors import Actor
from rembuk.audit.selectors import Filter, entries
from rembuk.common.errors import Invalid
from rembuk.workdays import actions, selectors
from rembuk.workdays.actions import HolidayFacts
from rembuk.workdays.clock import is_working_day
from rembuk.workdays.models import Holiday, HolidayKind

ADMIN = Actor(person_id=1, roles=("administrator",))
DAY = date(2026, 11, 25)


@pytest.mark.django_db
def test_add_holiday_closes_the_day_and_is_told_to_the_trail() -> None:
    assert is_working_day(DAY)
    actions.add_holiday(HolidayFacts(on=DAY, name=" Pilkada  serentak "), by=ADMIN, reason="Keppres")
    entry = entries(Filter(target_kind="holiday"))[0]
    assert not is_working_day(DAY)
    assert (entry.verb, entry.reason) == ("holiday.added", "Keppres")
    assert entry.after == {"on": "2026-11-25", "name": "Pilkada serentak", "kind": "public", "region": None}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (HolidayFacts(on=DAY, name=" "), "name"),
        (HolidayFacts(on=DAY, name="x" * 201), "name"),
        (HolidayFacts(on=DAY, name="Libur", kind="party"), "kind"),
        (HolidayFacts(on=date(2026, 12, 25), name="Natal lagi"), "on"),
    ],
)
def test_add_holiday_refuses_what_makes_no_sense(facts: HolidayFacts, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.add_holiday(facts, by=ADMIN)
    assert list(refusal.value.fields) == [field]


@pytest.mark.django_db
def test_change_holiday_moves_the_day() -> None:
    holiday = actions.add_holiday(HolidayFacts(on=DAY, name="Libur"), by=ADMIN)
    moved = HolidayFacts(on=date(2026, 11, 26), name="Libur", kind=HolidayKind.LEAVE)
    actions.change_holiday(holiday, moved, by=ADMIN)
    entry = entries(Filter(verb="holiday.changed"))[0]
    assert (is_working_day(DAY), is_working_day(date(2026, 11, 26))) == (True, False)
    assert (entry.before["on"], entry.after["on"], entry.after["kind"]) == (
        "2026-11-25",
        "2026-11-26",
        "leave",
    )


@pytest.mark.django_db
def test_remove_holiday_opens_the_day_again() -> None:
    holiday = actions.add_holiday(HolidayFacts(on=DAY, name="Libur"), by=ADMIN)
    actions.remove_holiday(holiday, by=ADMIN, reason="dibatalkan")
    assert is_working_day(DAY)
    assert entries(Filter(verb="holiday.removed"))[0].reason == "dibatalkan"


@pytest.mark.django_db
def test_seed_holidays_fills_four_years_and_keeps_corrections() -> None:
    Holiday.objects.all().delete()
    Holiday.objects.create(on=date(2026, 3, 20), name="Dikoreksi", kind=HolidayKind.LEAVE)
    assert [actions.seed_holidays(), actions.seed_holidays()] == [95, 0]
    assert Holiday.objects.get(on=date(2026, 3, 20)).name == "Dikoreksi"
    assert selectors.years() == [2025, 2026, 2027, 2028]
    assert selectors.last_year_entered() == 2028
    assert selectors.holidays(2025).count() == 28
