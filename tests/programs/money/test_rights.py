"""Who plans, who reports: editing before publication, steering afterwards, reporting apart from both."""

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest

from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.common.errors import Denied, NotVisible
from rembuk.programs import doors, rules
from rembuk.programs.actions.indicators.define import add_indicator
from rembuk.programs.actions.indicators.measure import Actual, report_actuals
from rembuk.programs.actions.money.budget import plan_money
from rembuk.programs.models import Program
from tests import money_scenes as money
from tests import people, scenes
from tests import program_scenes as programs
from tests.program_scenes import REASON
from tests.scenes import Regency

pytestmark = pytest.mark.django_db


def holder(place: Regency, *permissions: str) -> Person:
    """Somebody of the works agency with just these permissions."""
    person = people.citizen("Pegawai")
    Role.objects.create(slug="just", name="Pegawai", permissions=["program.read", *permissions])
    people.grant(person, "just", place.works)
    return person


ACTS: dict[str, Callable[[Program, Person], object]] = {
    "plan": lambda program, by: plan_money(program, money.BUDGET, reason=REASON, by=by),
    "define": lambda program, by: add_indicator(program, money.words(), money.TARGETS, reason=REASON, by=by),
    "spend": lambda program, by: money.entered(program, by),
    "measure": lambda program, by: report_actuals(
        program.indicators.get(),
        {program.indicators.get().values.order_by("ends_on")[0].pk: Actual(Decimal(2), "BA")},
        by=by,
    ),
}


@pytest.mark.parametrize(
    ("permission", "is_public", "allowed"),
    [
        ("program.edit", False, {"plan", "define"}),
        ("program.edit", True, set()),
        ("program.steer", False, set()),
        ("program.steer", True, {"plan", "define"}),
        ("program.report", False, {"spend", "measure"}),
        ("program.report", True, {"spend", "measure"}),
    ],
)
@pytest.mark.parametrize("act", ACTS)
def test_each_right_opens_its_acts_alone(
    act: str, permission: str, is_public: bool, allowed: set[str]
) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by) if is_public else programs.draft(place, by=by)
    if act in {"spend", "measure"}:
        money.measured(money.planned(program, by), by)
    person = holder(place, permission)
    if act in allowed:
        ACTS[act](program, person)
    else:
        with pytest.raises(Denied):
            ACTS[act](program, person)
    assert rules.may_plan(program, person).ok == ("plan" in allowed)


def test_doors_find_payments_and_indicators_in_the_own_units_alone() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.published(place, by=by), by)
    row, indicator = money.entered(program, by), money.measured(program, by)
    other = programs.published(place, by=by)
    assert doors.realisation_for_desk(program.code, row.public_id, by) == row
    assert doors.indicator_for_desk(program.code, 1, by) == indicator
    stranger = people.staff("program-manager", place.health)
    for code, public_id, who in (
        (program.code, row.public_id, stranger),
        (other.code, row.public_id, by),
        (program.code, uuid4(), by),
    ):
        with pytest.raises(NotVisible):
            doors.realisation_for_desk(code, public_id, who)
    for code, number, who in ((program.code, 1, stranger), (other.code, 1, by), (program.code, 2, by)):
        with pytest.raises(NotVisible):
            doors.indicator_for_desk(code, number, who)
