"""Reading money: the same few queries however many entries there are."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.programs.actions.money.budget import Budget
from rembuk.programs.choices import Fund
from rembuk.programs.money.selectors import Totals, money_of, totals_of
from tests import money_scenes as money
from tests import program_scenes as programs
from tests import scenes
from tests.program_scenes import MORNING

pytestmark = pytest.mark.django_db


def test_money_of_a_program_in_three_queries_however_many_entries() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.published(place, by=by), by)
    for number in range(7):
        money.entered(program, by, f"SP2D-{number}", "50000000.25")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = money_of(program, MORNING.date())
    assert len(queries) == 3
    assert found is not None
    assert found.totals == Totals(money.PAGU, money.PAGU, Decimal("350000001.75"))
    assert (found.totals.left, found.totals.absorption) == (Decimal("149999998.25"), Decimal("70.00"))
    assert [(line.fund, line.realised) for line in found.lines] == [("apbd", Decimal("350000001.75"))]
    assert found.lines[0].label
    assert [(point.planned, point.actual) for point in found.curve] == [
        (Decimal("200000000.00"), Decimal("350000001.75")),
        (money.PAGU, None),
    ]
    assert (found.planned, len(found.entries), found.struck) == (money.PAGU, 7, ())


def test_program_without_the_layer_has_no_money() -> None:
    place = scenes.regency()
    program = programs.published(place)
    assert money_of(program) is None
    assert totals_of([program.pk]) == {}


def test_totals_of_many_programs_in_one_query() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    one, other = (money.planned(programs.published(place, by=by), by) for _ in range(2))
    draft = money.planned(programs.draft(place, by=by), by, Budget({Fund.GRANT: Decimal(0)}))
    money.entered(one, by)
    with CaptureQueriesContext(connection) as queries:
        found = totals_of([one.pk, other.pk, draft.pk])
    assert len(queries) == 1
    assert found == {
        one.pk: Totals(money.PAGU, money.PAGU, Decimal(100_000_000)),
        other.pk: Totals(money.PAGU, money.PAGU, Decimal(0)),
        draft.pk: Totals(None, Decimal(0), Decimal(0)),
    }
    assert found[draft.pk].absorption is None
