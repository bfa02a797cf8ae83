"""Money and indicators of programmes for the tests, brought about by real actions."""

from datetime import date
from decimal import Decimal

from rembuk.accounts.models import Person
from rembuk.programs.actions.indicators.define import Target, Words, add_indicator
from rembuk.programs.actions.money.budget import Budget, plan_money
from rembuk.programs.actions.money.spend import Spent, enter_realisation
from rembuk.programs.choices import Fund, Level
from rembuk.programs.models import Indicator, Program, Realisation
from tests.program_scenes import MORNING, REASON

PAGU = Decimal("500000000.00")
BUDGET = Budget(
    pagu={Fund.APBD: PAGU},
    cash={date(2026, 11, 1): Decimal("200000000.00"), date(2026, 12, 1): Decimal("300000000.00")},
)
TARGETS = (
    Target("Triwulan I 2027", date(2027, 3, 31), Decimal("2.5")),
    Target("Triwulan II 2027", date(2027, 6, 30), Decimal(5)),
)


def words(**fields: object) -> Words:
    """An indicator of hardened roads."""
    values: dict[str, object] = {
        "level": Level.OUTPUT,
        "name": "Panjang jalan desa yang diperkeras",
        "measure": "km",
        "baseline": Decimal("1.2"),
        "source": "Dinas Pekerjaan Umum",
    }
    return Words(**{**values, **fields})  # type: ignore[arg-type]


def planned(program: Program, by: Person, budget: Budget = BUDGET) -> Program:
    """The programme with its pagu and cash plan; of a public one by a revision."""
    plan_money(program, budget, reason=REASON, by=by, at=MORNING)
    return program


def spent(number: str = "SP2D-001", amount: str = "100000000", **fields: object) -> Spent:
    """A payment out of the regency's budget."""
    values: dict[str, object] = {
        "fund": Fund.APBD,
        "amount": Decimal(amount),
        "spent_on": date(2026, 11, 20),
        "document_number": number,
        "description": "Uang muka pekerjaan pengerasan",
    }
    return Spent(**{**values, **fields})  # type: ignore[arg-type]


def entered(program: Program, by: Person, number: str = "SP2D-001", amount: str = "100000000") -> Realisation:
    """A payment that was entered."""
    return enter_realisation(program, spent(number, amount), by=by, at=MORNING)


def measured(program: Program, by: Person, **fields: object) -> Indicator:
    """An indicator with two periods."""
    return add_indicator(program, words(**fields), TARGETS, reason=REASON, by=by, at=MORNING)
