"""Pagu and cash plan: free in a draft, a public revision afterwards, never below what is spent."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.notifications.models import Event
from rembuk.programs.actions.money.budget import Budget, plan_money
from rembuk.programs.actions.publish import publish_program
from rembuk.programs.choices import Fund
from rembuk.programs.models import Pagu, Program, Revision
from rembuk.programs.money.selectors import money_of
from tests import money_scenes as money
from tests import people, scenes
from tests import program_scenes as programs
from tests.program_scenes import MORNING, REASON

pytestmark = pytest.mark.django_db
NOVEMBER, JANUARY = date(2026, 11, 1), date(2027, 1, 1)


def official(fund: Fund) -> str:
    """The source in the official language, whoever reads it."""
    with override("id"):
        return str(fund.label)


def pagu(program: Program) -> dict[str, tuple[Decimal | None, Decimal]]:
    """First and current pagu by fund, as stored."""
    return {row.fund: (row.first_amount, row.amount) for row in program.pagu.all()}


def test_draft_is_planned_freely_with_one_audit_entry_and_no_first_plan() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    assert plan_money(program, money.BUDGET, by=by, at=MORNING) is None
    assert pagu(program) == {"apbd": (None, money.PAGU)}
    entry = AuditEntry.objects.get(verb="program.money_planned")
    assert entry.before[f"pagu:{official(Fund.APBD)}"] == ""
    assert entry.after[f"pagu:{official(Fund.APBD)}"] == "500000000.00"
    assert entry.after["cash:2026-11"] == "200000000.00"
    assert not Revision.objects.exists()


def test_draft_line_is_changed_and_taken_out_again() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.draft(place, by=by), by)
    plan_money(program, Budget({Fund.APBD: Decimal(300)}, {NOVEMBER: None, date(2026, 12, 1): None}), by=by)
    assert pagu(program) == {"apbd": (None, Decimal(300))}
    assert not program.cash_plan.exists()
    plan_money(program, Budget({Fund.APBD: None}), by=by)
    assert not program.pagu.exists()


def test_draft_without_difference_leaves_no_trace() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.draft(place, by=by), by)
    plan_money(program, money.BUDGET, by=by)
    plan_money(program, Budget({Fund.GRANT: None}), by=by)
    assert AuditEntry.objects.filter(verb="program.money_planned").count() == 1


def test_publication_fixes_the_first_plan_of_money_and_indicators() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.draft(place, by=by), by)
    indicator = money.measured(program, by)
    publish_program(program, by=by, at=MORNING)
    assert pagu(program) == {"apbd": (money.PAGU, money.PAGU)}
    assert [row.first_amount for row in program.cash_plan.all()] == list(money.BUDGET.cash.values())
    assert [row.first_target for row in indicator.values.all()] == [Decimal("2.5"), Decimal(5)]


def test_published_pagu_changes_by_a_public_revision_with_old_new_and_reason() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    money.planned(program, by)
    publish_program(program, by=by, at=MORNING)
    programs.follow(program.subject, people.citizen())
    new = Budget({Fund.APBD: Decimal("600000000.50")}, {JANUARY: Decimal("100000000.50")})
    revision = plan_money(program, new, reason=REASON, by=by, at=MORNING)
    assert revision is not None
    assert revision.reason == REASON
    assert revision.changes == [
        {
            "field": "pagu",
            "pagu": "apbd",
            "old": "500000000.00",
            "new": "600000000.50",
            "label": official(Fund.APBD),
        },
        {"field": "cash", "period": "2027-01", "old": "", "new": "100000000.50", "label": "2027-01"},
    ]
    assert pagu(program) == {"apbd": (money.PAGU, Decimal("600000000.50"))}
    assert program.cash_plan.get(month=JANUARY).first_amount == 0
    assert program.events.filter(step="revise", reason=REASON).exists()
    assert Event.objects.filter(kind="program.plan_revised").exists()


def test_layer_added_after_publication_has_its_first_plan_then() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.published(place, by=by), by)
    assert pagu(program) == {"apbd": (money.PAGU, money.PAGU)}
    plan_money(program, Budget({Fund.GRANT: Decimal(5)}), reason=REASON, by=by)
    assert pagu(program)["grant"] == (Decimal(0), Decimal(5))
    found = money_of(program)
    assert found is not None
    assert (found.totals.first, found.totals.pagu) == (money.PAGU, money.PAGU + 5)


@pytest.mark.parametrize(
    ("budget", "reason", "field"),
    [
        (Budget({Fund.APBD: Decimal(-1)}), REASON, "pagu_apbd"),
        (Budget({Fund.GRANT: Decimal("0.001")}), REASON, "pagu_grant"),
        (Budget({Fund.GRANT: Decimal("1e16")}), REASON, "pagu_grant"),
        (Budget({"lottery": Decimal(1)}), REASON, "pagu_lottery"),
        (Budget({Fund.APBD: None}), REASON, "pagu_apbd"),
        (Budget({Fund.APBD: Decimal("99999999.99")}), REASON, "pagu_apbd"),
        (Budget(cash={NOVEMBER: None}), REASON, "cash_2026-11"),
        (Budget(cash={NOVEMBER: Decimal(-1)}), REASON, "cash_2026-11"),
        (Budget(cash={NOVEMBER: Decimal("200000000.01")}), REASON, None),
        (Budget({Fund.APBD: Decimal(1_000_000_000)}), "pendek", "reason"),
        (money.BUDGET, REASON, None),
    ],
    ids=range(11),
)
def test_published_plan_refuses_what_breaks_it(budget: Budget, reason: str, field: str | None) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.published(place, by=by), by)
    money.entered(program, by)
    with pytest.raises(Invalid) as refusal:
        plan_money(program, budget, reason=reason, by=by)
    assert list(refusal.value.fields) == ([field] if field else [])
    assert program.revisions.count() == 1


def test_draft_keeps_a_source_that_has_entries() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.draft(place, by=by), by, Budget({Fund.APBD: money.PAGU}))
    from rembuk.programs.actions.money.spend import strike_realisation

    strike_realisation(money.entered(program, by), reason=REASON, by=by, at=MORNING)
    with pytest.raises(Invalid) as refusal:
        plan_money(program, Budget({Fund.APBD: None}), by=by)
    assert "pagu_apbd" in refusal.value.fields
    plan_money(program, Budget({Fund.APBD: Decimal(0)}), by=by)
    assert Pagu.objects.get().amount == 0


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_plan_of_an_ended_program_stays(state: str) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    Program.objects.filter(pk=program.pk).update(state=state)
    with pytest.raises(WrongState):
        plan_money(program, money.BUDGET, reason=REASON, by=by)


@pytest.mark.parametrize("is_public", [False, True])
def test_plan_needs_the_right_in_the_unit(is_public: bool) -> None:
    place = scenes.regency()
    program = programs.published(place) if is_public else programs.draft(place)
    for stranger in (people.staff("program-manager", place.health), people.staff("auditor", place.root)):
        with pytest.raises(Denied):
            plan_money(program, money.BUDGET, reason=REASON, by=stranger)
