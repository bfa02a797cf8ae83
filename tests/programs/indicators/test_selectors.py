"""Reading indicators: two queries however many there are; missing stays missing."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.programs.actions.indicators.measure import Actual, report_actuals
from rembuk.programs.indicators.selectors import indicators_of
from tests import money_scenes as money
from tests import program_scenes as programs
from tests import scenes

pytestmark = pytest.mark.django_db


def test_indicators_of_a_program_in_two_queries() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    first = money.measured(program, by)
    for name in ("Jumlah warga yang terlayani", "Waktu tempuh ke sekolah"):
        money.measured(program, by, name=name)
    pk = first.values.first().pk  # type: ignore[union-attr]
    report_actuals(first, {pk: Actual(Decimal(2), "Berita acara")}, by=by)
    with CaptureQueriesContext(connection) as queries:
        found = indicators_of(program)
    assert len(queries) == 2
    assert [row.number for row in found] == [1, 2, 3]
    assert [(row.achievement, row.latest and row.latest.name) for row in found] == [
        (Decimal("80.00"), "Triwulan I 2027"),
        (None, None),
        (None, None),
    ]
    assert found[0].level_label
    assert found[0].direction_label
    assert [period.actual for period in found[0].periods] == [Decimal(2), None]


def test_program_without_the_layer_has_no_indicators() -> None:
    assert indicators_of(programs.published(scenes.regency())) == ()
