"""Indicators: free in a draft, revised in public afterwards; actual values with source, each change in the trail."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, NotVisible, WrongState
from rembuk.programs.actions.indicators.define import (
    MOST_PERIODS,
    Target,
    add_indicator,
    edit_indicator,
    remove_indicator,
)
from rembuk.programs.actions.indicators.measure import Actual, report_actuals
from rembuk.programs.choices import Direction
from rembuk.programs.indicators.selectors import indicators_of
from rembuk.programs.models import Indicator, IndicatorValue, Program
from tests import money_scenes as money
from tests import people, scenes
from tests import program_scenes as programs
from tests.money_scenes import TARGETS
from tests.program_scenes import MORNING, REASON

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2027, 3, 31), date(2027, 6, 30)


def world(is_public: bool = False) -> tuple[Program, Indicator, Any]:
    """A programme with one indicator of two periods, and its manager."""
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by) if is_public else programs.draft(place, by=by)
    return program, money.measured(program, by), by


def keys(indicator: Indicator) -> list[int]:
    """The keys of the periods, in order."""
    return list(indicator.values.values_list("pk", flat=True))


def kept(indicator: Indicator, *new: Target, **changed: Any) -> list[Target]:
    """All periods as they stand, the first one changed, and further ones."""
    rows = [Target(row.period, row.ends_on, row.target, row.pk) for row in indicator.values.all()]
    first = {"period": rows[0].period, "ends_on": rows[0].ends_on, "target": rows[0].target, **changed}
    return [Target(**first, pk=rows[0].pk), *rows[1:], *new]


def test_indicator_of_a_draft_is_added_edited_and_removed_with_its_entries() -> None:
    program, indicator, by = world()
    edit_indicator(indicator, money.words(name="Panjang jalan"), kept(indicator)[:1], by=by)
    assert (Indicator.objects.get().name, keys(indicator)) == ("Panjang jalan", keys(indicator)[:1])
    edited = AuditEntry.objects.get(verb="program.indicator_edited")
    assert edited.before["name:Panjang jalan desa yang diperkeras"] == "Panjang jalan desa yang diperkeras"
    assert edited.before["target:Panjang jalan, Triwulan II 2027"] == "5"
    remove_indicator(indicator, by=by, at=MORNING)
    assert not Indicator.objects.exists()
    assert AuditEntry.objects.filter(verb__startswith="program.indicator_").count() == 3
    assert not program.revisions.exists()


def test_indicator_added_to_a_public_program_is_a_revision_with_first_targets() -> None:
    program, indicator, _by = world(is_public=True)
    (revision,) = program.revisions.all()
    assert revision.changes[0] == {
        "field": "indicator",
        "indicator": 1,
        "old": "",
        "new": "Panjang jalan desa yang diperkeras",
        "label": "Panjang jalan desa yang diperkeras",
    }
    assert revision.changes[1]["new"] == "2.5"
    assert [row.first_target for row in indicator.values.all()] == [Decimal("2.5"), Decimal(5)]


def test_published_target_is_revised_in_public_and_the_first_stays() -> None:
    program, indicator, by = world(is_public=True)
    later = Target("Triwulan III 2027", date(2027, 9, 30), Decimal(6))
    edit_indicator(
        indicator, money.words(), kept(indicator, later, target=Decimal(2)), reason=REASON, by=by, at=MORNING
    )
    revision = program.revisions.get(number=2)
    assert revision.changes == [
        {
            "field": "target",
            "indicator": 1,
            "period": "Triwulan I 2027",
            "old": "2.5",
            "new": "2",
            "label": "Panjang jalan desa yang diperkeras, Triwulan I 2027",
        },
        {
            "field": "target",
            "indicator": 1,
            "period": "Triwulan III 2027",
            "old": "",
            "new": "6",
            "label": "Panjang jalan desa yang diperkeras, Triwulan III 2027",
        },
    ]
    assert list(indicator.values.values_list("first_target", "target")) == [
        (Decimal("2.5"), Decimal(2)),
        (Decimal(5), Decimal(5)),
        (None, Decimal(6)),
    ]


def test_published_words_and_days_change_by_revision_too() -> None:
    program, indicator, by = world(is_public=True)
    words = money.words(direction=Direction.DOWN, baseline=None)
    periods = kept(indicator, period="TW I", ends_on=date(2027, 4, 1))
    edit_indicator(indicator, words, periods, reason=REASON, by=by)
    changes = program.revisions.get(number=2).changes
    assert [(row["field"], row["old"], row["new"]) for row in changes] == [
        ("direction", "up", "down"),
        ("baseline", "1.2", ""),
        ("period", "Triwulan I 2027", "TW I"),
        ("ends_on", "2027-03-31", "2027-04-01"),
    ]


def test_published_indicator_keeps_its_periods_and_itself() -> None:
    _program, indicator, by = world(is_public=True)
    with pytest.raises(Invalid):
        edit_indicator(indicator, money.words(), kept(indicator)[:1], reason=REASON, by=by)
    with pytest.raises(Invalid, match=r"."):
        edit_indicator(indicator, money.words(), kept(indicator), reason=REASON, by=by)
    with pytest.raises(WrongState):
        remove_indicator(indicator, by=by)
    assert indicator.values.count() == 2


@pytest.mark.parametrize(
    ("words", "targets", "field"),
    [
        ({"name": " "}, TARGETS, "name"),
        ({"measure": ""}, TARGETS, "measure"),
        ({"level": "impact"}, TARGETS, "level"),
        ({"direction": "left"}, TARGETS, "level"),
        ({"baseline": Decimal("0.00001")}, TARGETS, "baseline"),
        ({"baseline": Decimal("1e14")}, TARGETS, "baseline"),
        ({"baseline": Decimal("NaN")}, TARGETS, "baseline"),
        ({}, (), "target_1"),
        ({}, (Target(" ", MARCH, Decimal(1)),), "period_1"),
        ({}, (TARGETS[0], Target("Lagi", MARCH, Decimal(1))), "ends_on_2"),
        ({}, (Target("TW", MARCH, Decimal("0.00001")),), "target_1"),
    ],
)
def test_indicator_that_says_too_little_is_refused(
    words: dict[str, object], targets: Sequence[Target], field: str
) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    with pytest.raises(Invalid) as refusal:
        add_indicator(programs.draft(place, by=by), money.words(**words), targets, by=by)
    assert list(refusal.value.fields) == [field]
    assert not Indicator.objects.exists()


def test_too_many_periods_are_refused() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    many = [Target(f"Hari {n}", date.fromordinal(740_000 + n), Decimal(1)) for n in range(MOST_PERIODS + 1)]
    with pytest.raises(Invalid, match=str(MOST_PERIODS)):
        add_indicator(programs.draft(place, by=by), money.words(), many, by=by)


def test_period_moved_onto_the_day_of_another_is_told_so() -> None:
    _program, indicator, by = world()
    first, second = kept(indicator)
    swapped = [
        Target(first.period, second.ends_on, first.target, first.pk),
        Target(second.period, first.ends_on, second.target, second.pk),
    ]
    with pytest.raises(Invalid) as refusal:
        edit_indicator(indicator, money.words(), swapped, by=by)
    assert list(refusal.value.fields) == ["ends_on_1"]


def test_actual_is_reported_and_corrected_with_old_and_new_in_the_trail() -> None:
    program, indicator, by = world(is_public=True)
    first, second = keys(indicator)
    report_actuals(indicator, {first: Actual(Decimal(2), "Berita acara")}, by=by, at=MORNING)
    changed = report_actuals(
        indicator,
        {first: Actual(Decimal("2.4"), "Berita acara, diperbaiki"), second: Actual(None)},
        by=by,
        at=MORNING,
    )
    assert changed == 1
    entry = AuditEntry.objects.filter(verb="program.indicator_measured").latest("pk")
    about = {"indicator": indicator.name, "period": "Triwulan I 2027"}
    assert entry.before == {**about, "actual": "2", "source": "Berita acara"}
    assert entry.after == {**about, "actual": "2.4", "source": "Berita acara, diperbaiki"}
    assert program.events.filter(step="measure").count() == 2
    (measure,) = indicators_of(program)
    assert [row.achievement for row in measure.periods] == [Decimal("96.00"), None]
    assert measure.achievement == Decimal("96.00")


def test_actual_taken_back_is_missing_again() -> None:
    _program, indicator, by = world()
    first, _second = keys(indicator)
    report_actuals(indicator, {first: Actual(Decimal(2), "Berita acara")}, by=by)
    report_actuals(indicator, {first: Actual(None)}, by=by)
    row = IndicatorValue.objects.get(pk=first)
    assert (row.actual, row.source, row.by) == (None, "", by)


def test_draft_reports_leave_no_public_line() -> None:
    program, indicator, by = world()
    report_actuals(indicator, {keys(indicator)[0]: Actual(Decimal(2), "Berita acara")}, by=by)
    assert not program.events.exists()


def test_actual_without_source_or_change_is_refused() -> None:
    _program, indicator, by = world()
    first, _second = keys(indicator)
    for wrong in (Actual(Decimal(2), " "), Actual(Decimal("0.00001"), "BA"), Actual(None)):
        with pytest.raises(Invalid):
            report_actuals(indicator, {first: wrong}, by=by)
    with pytest.raises(NotVisible):
        report_actuals(indicator, {first + 1000: Actual(Decimal(2), "BA")}, by=by)


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_ended_program_keeps_its_targets_and_completed_ones_still_report(state: str) -> None:
    program, indicator, by = world(is_public=True)
    Program.objects.filter(pk=program.pk).update(state=state)
    with pytest.raises(WrongState):
        add_indicator(program, money.words(), TARGETS, reason=REASON, by=by)
    actual = {keys(indicator)[0]: Actual(Decimal(2), "Berita acara")}
    if state == "completed":
        assert report_actuals(indicator, actual, by=by) == 1
    else:
        with pytest.raises(WrongState):
            report_actuals(indicator, actual, by=by)


@pytest.mark.parametrize("is_public", [False, True])
def test_indicators_need_the_right_in_the_unit(is_public: bool) -> None:
    place = scenes.regency()
    program = programs.published(place) if is_public else programs.draft(place)
    indicator = money.measured(program, programs.manager(place))
    for stranger in (people.staff("program-manager", place.health), people.staff("auditor", place.root)):
        with pytest.raises(Denied):
            add_indicator(program, money.words(), TARGETS, reason=REASON, by=stranger)
        with pytest.raises(Denied):
            edit_indicator(indicator, money.words(), kept(indicator), reason=REASON, by=stranger)
        with pytest.raises(Denied):
            remove_indicator(indicator, by=stranger)
        with pytest.raises(Denied):
            report_actuals(indicator, {keys(indicator)[0]: Actual(None)}, by=stranger)
