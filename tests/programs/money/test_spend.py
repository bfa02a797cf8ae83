"""Realisation: within the pagu, never changed, struck out in public, its evidence added once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.programs.actions.money import spend
from rembuk.programs.actions.money.budget import Budget
from rembuk.programs.actions.money.limits import database_limits
from rembuk.programs.choices import Fund
from rembuk.programs.models import CashPlan, Pagu, Program, Realisation
from rembuk.programs.money.selectors import money_of
from tests import money_scenes as money
from tests import people, scenes
from tests import program_scenes as programs
from tests.program_scenes import MORNING, REASON

pytestmark = pytest.mark.django_db


def world() -> tuple[Program, Any]:
    """A published programme with half a billion, and its manager."""
    place = scenes.regency()
    by = programs.manager(place)
    return money.planned(programs.published(place, by=by), by), by


def test_payment_is_entered_to_the_sen_with_its_document_and_audit_entry() -> None:
    program, by = world()
    evidence = programs.stored("sp2d.pdf", "document")
    row = spend.enter_realisation(
        program, money.spent(" SP2D-001 ", "499999999.99", evidence=evidence), by=by, at=MORNING
    )
    assert (row.document_number, row.amount, row.evidence) == ("SP2D-001", Decimal("499999999.99"), evidence)
    assert AuditEntry.objects.get(verb="program.realisation_entered").after == {
        "document_number": "SP2D-001",
        "fund": "apbd",
        "amount": "499999999.99",
        "spent_on": "2026-11-20",
    }


def test_pagu_can_be_spent_to_the_last_sen_and_no_further() -> None:
    program, by = world()
    money.entered(program, by, "SP2D-001", "499999999.99")
    with pytest.raises(Invalid, match=r"Rp0,02|Rp0,01") as refusal:
        money.entered(program, by, "SP2D-002", "0.02")
    assert list(refusal.value.fields) == ["amount"]
    money.entered(program, by, "SP2D-002", "0.01")
    found = money_of(program)
    assert found is not None
    assert (found.totals.left, found.totals.absorption) == (Decimal(0), Decimal(100))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"fund": Fund.GRANT}, "fund"),
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": Decimal("500000000.01")}, "amount"),
        ({"spent_on": date(2026, 11, 25)}, "spent_on"),
        ({"spent_on": date(207, 1, 20)}, "spent_on"),
        ({"spent_on": date(2020, 12, 31)}, "spent_on"),
        ({"document_number": " "}, "document_number"),
        ({"document_number": "SP2D-LAMA"}, "document_number"),
    ],
)
def test_payment_that_cannot_be_is_refused(fields: dict[str, object], field: str) -> None:
    program, by = world()
    money.entered(program, by, "SP2D-LAMA", "1")
    with pytest.raises(Invalid) as refusal:
        spend.enter_realisation(program, money.spent(**fields), by=by, at=MORNING)  # type: ignore[arg-type]
    assert list(refusal.value.fields) == [field]
    assert Realisation.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled", "completed"])
def test_bills_are_entered_in_every_state(state: str) -> None:
    program, by = world()
    Program.objects.filter(pk=program.pk).update(state=state)
    assert money.entered(program, by).pk


def test_struck_payment_frees_its_money_and_number_and_stays_readable() -> None:
    program, by = world()
    row = money.entered(program, by, amount="500000000")
    spend.strike_realisation(row, reason=REASON, by=by, at=MORNING)
    again = money.entered(program, by, amount="500000000")
    found = money_of(program)
    assert found is not None
    assert (found.entries, found.struck) == ((again,), (row,))
    assert found.struck[0].strike_reason == REASON
    event = program.events.get(step="strike")
    assert (event.reason, event.codes) == (REASON, ["SP2D-001"])
    entry = AuditEntry.objects.get(verb="program.realisation_struck")
    assert (entry.before["amount"], entry.reason) == ("500000000.00", REASON)


def test_strike_in_a_draft_leaves_no_public_line() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.draft(place, by=by), by)
    spend.strike_realisation(money.entered(program, by), reason=REASON, by=by, at=MORNING)
    assert not program.events.filter(step="strike").exists()


def test_strike_needs_a_reason_and_happens_once() -> None:
    program, by = world()
    row = money.entered(program, by)
    with pytest.raises(Invalid):
        spend.strike_realisation(row, reason="salah", by=by)
    spend.strike_realisation(row, reason=REASON, by=by)
    with pytest.raises(WrongState):
        spend.strike_realisation(row, reason=REASON, by=by)


def test_evidence_is_added_once_and_not_to_a_struck_entry() -> None:
    program, by = world()
    row, other = money.entered(program, by), money.entered(program, by, "SP2D-002")
    assert spend.attach_evidence(row, programs.stored(), by=by).evidence is not None
    assert AuditEntry.objects.filter(verb="program.realisation_evidence_added").count() == 1
    with pytest.raises(WrongState):
        spend.attach_evidence(row, programs.stored(), by=by)
    spend.strike_realisation(other, reason=REASON, by=by)
    with pytest.raises(WrongState):
        spend.attach_evidence(other, programs.stored(), by=by)


def test_money_needs_the_right_in_the_unit() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(programs.published(place, by=by), by)
    row = money.entered(program, by)
    for stranger in (people.staff("program-manager", place.health), people.staff("auditor", place.root)):
        with pytest.raises(Denied):
            money.entered(program, stranger, "SP2D-002")
        with pytest.raises(Denied):
            spend.strike_realisation(row, reason=REASON, by=stranger)
        with pytest.raises(Denied):
            spend.attach_evidence(row, programs.stored(), by=stranger)


def test_database_itself_refuses_more_than_the_pagu_and_any_change_of_an_entry() -> None:
    program, by = world()
    row = money.entered(program, by, amount="500000000")
    values = {"program": program, "pagu": row.pagu, "spent_on": row.spent_on, "at": MORNING}
    with pytest.raises(Invalid) as refusal, database_limits("amount"):
        Realisation.objects.create(**values, amount=Decimal("0.01"), document_number="X")
    assert list(refusal.value.fields) == ["amount"]
    with pytest.raises(Invalid), database_limits("pagu_apbd"):
        Pagu.objects.filter(pk=row.pagu_id).update(amount=Decimal("499999999.99"))
    with pytest.raises(Invalid) as refusal, database_limits("amount"):
        Realisation.objects.create(**values, amount=Decimal("0.01"), document_number=row.document_number)
    assert list(refusal.value.fields) in (["document_number"], ["amount"])
    with pytest.raises(DatabaseError), transaction.atomic():
        Realisation.objects.filter(pk=row.pk).update(amount=Decimal(1))


def test_other_faults_of_the_database_are_not_hidden() -> None:
    program, _by = world()
    with pytest.raises(IntegrityError), database_limits("amount"):
        CashPlan.objects.create(program=program, month=date(2026, 11, 2), amount=1)


def test_same_document_twice_is_refused_by_the_database_in_words() -> None:
    program, by = world()
    row = money.entered(program, by, amount="1")
    values = {"program": program, "pagu": row.pagu, "spent_on": row.spent_on, "at": MORNING}
    with pytest.raises(Invalid) as refusal, database_limits("amount"):
        Realisation.objects.create(**values, amount=Decimal(1), document_number=row.document_number)
    assert list(refusal.value.fields) == ["document_number"]


def test_pagu_of_one_source_is_not_spent_by_another() -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = money.planned(
        programs.published(place, by=by), by, Budget({Fund.APBD: Decimal(10), Fund.GRANT: Decimal(10)})
    )
    money.entered(program, by, amount="10")
    with pytest.raises(Invalid):
        money.entered(program, by, "SP2D-002", "1")
    spend.enter_realisation(program, money.spent("SP2D-003", "10", fund=Fund.GRANT), by=by, at=MORNING)


@pytest.mark.parametrize(("field", "most"), [("document_number", 100), ("description", 300)])
def test_text_longer_than_its_column_is_refused_at_its_field(field: str, most: int) -> None:
    program, by = world()
    entry = replace(money.spent("SP2D-001", "1"), **{field: "x" * (most + 1)})
    with pytest.raises(Invalid) as refusal:
        spend.enter_realisation(program, entry, by=by, at=MORNING)
    assert list(refusal.value.fields) == [field]
    assert not Realisation.objects.exists()
    row = spend.enter_realisation(program, replace(entry, **{field: "x" * most}), by=by, at=MORNING)
    assert getattr(row, field) == "x" * most
