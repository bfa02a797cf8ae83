"""The figures of the statistics page: twelve calendar months, and units with all that lies below them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rembuk.insights import statistics
from rembuk.insights.figures import three_figures
from rembuk.insights.responses import responses
from rembuk.proposals.models import Proposal
from tests import people, scenes

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_last_twelve_months_are_twelve_calendar_months_of_the_office() -> None:
    place, author = scenes.regency(), people.citizen()
    # The last instant of November 2025 and the first of December, by the clock of the office.
    instants = [datetime(2025, 11, 30, 16, 59, tzinfo=UTC), datetime(2025, 11, 30, 17, tzinfo=UTC)]
    instants += [datetime(2026, month, 9, tzinfo=UTC) for month in range(1, 12)]
    for instant in instants:
        sent = scenes.submitted(place, author)
        Proposal.objects.filter(pk=sent.pk).update(submitted_at=instant)
    found = [
        (month.first_day.year, month.first_day.month, month.heard) for month in statistics.by_month(NOW, WIB)
    ]
    assert found == [(2025, 12, 1), *((2026, month, 1) for month in range(1, 12))]


def test_units_are_counted_with_all_below_as_on_their_own_pages() -> None:
    place, author = scenes.regency(), people.citizen()
    for unit in (place.works, place.roads, place.roads, place.village):
        sent = scenes.published(place, author)
        Proposal.objects.filter(pk=sent.pk).update(unit=unit, considered_at=NOW, answer_due_at=NOW)
    rows = {row.code: row for row in statistics.by_unit(NOW.replace(year=2030))}
    chain = (place.root, place.works, place.roads, place.subdistrict, place.village)
    assert [rows[unit.code].heard for unit in chain] == [4, 3, 2, 1, 1]
    assert place.health.code not in rows
    for unit in chain:
        row, figures = rows[unit.code], three_figures(unit)
        assert (row.heard, row.considered, row.explained) == (
            figures.heard,
            figures.considered,
            figures.explained,
        )
        assert row.overdue >= responses(unit).overdue
