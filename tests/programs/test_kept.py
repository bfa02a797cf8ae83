"""What the database keeps by itself: plausible days, whole first plans, and what was promised, paid and published."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from rembuk.accounts.models import Person
from rembuk.common.postgresql.refusals import refused_by_database
from rembuk.programs.actions.editing import limits
from rembuk.programs.actions.milestones.plan import add_milestone
from rembuk.programs.actions.money.budget import Budget, plan_money
from rembuk.programs.actions.publish import publish_program
from rembuk.programs.models import CashPlan, IndicatorValue, Pagu, Program, Realisation, Round
from tests import money_scenes as money
from tests import program_scenes as programs
from tests import scenes
from tests.programs.milestones import scenes as milestones

pytestmark = pytest.mark.django_db
LONG_AGO, FAR = date(1, 1, 1), date(9999, 12, 1)
type Write = Callable[[Program], Any]


def world(*, is_public: bool = True) -> tuple[Program, Person]:
    """A programme with all layers and a payment; a public one has a revision, too."""
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.draft(place, by=by)
    add_milestone(program, milestones.words(program), by=by, at=programs.MORNING)
    money.planned(program, by)
    money.measured(program, by)
    money.entered(program, by)
    if is_public:
        publish_program(program, by=by, at=programs.MORNING)
        add_milestone(program, milestones.words(program, title="Kontrak"), by=by, reason=programs.REASON)
        program.refresh_from_db()
    return program, by


def first(program: Program) -> Any:
    """The milestone of the first plan, as rows to write on."""
    return program.milestones.filter(position=1)


def values(program: Program) -> Any:
    return IndicatorValue.objects.filter(indicator__program=program)


def phase(program: Program) -> Any:
    return program.phases.filter(position=2)


def another(program: Program) -> Program:
    """A programme beside it, with money of its own."""
    made = Program.objects.exclude(pk=program.pk).first()
    if made is None:
        values = Program.objects.values().get(pk=program.pk)
        subject = programs.phase(program, 3).subject
        made = Program.objects.create(**{**values, "id": None, "code": "PRG-X", "subject_id": subject.pk})
        Pagu.objects.create(program=made, fund="apbd", amount=money.PAGU)
    return made


def paid(program: Program, **fields: Any) -> Realisation:
    facts = {"pagu": program.pagu.get(), "amount": 1, "spent_on": date(2026, 11, 20), "document_number": "X"}
    return Realisation.objects.create(program=program, at=programs.MORNING, **{**facts, **fields})


def opened(program: Program, **fields: Any) -> Round:
    return Round.objects.create(
        program=program,
        phase=phase(program).get(),
        number=1,
        survey="short",
        **{"opened_at": programs.MORNING, **fields},
    )


REFUSED: list[tuple[str, Write]] = [
    ("phase_days_plausible", lambda p: phase(p).update(planned_end_on=FAR)),
    ("phase_days_plausible", lambda p: phase(p).update(actual_start_on=LONG_AGO)),
    ("milestone_days_plausible", lambda p: first(p).update(planned_start_on=LONG_AGO)),
    ("milestone_days_plausible", lambda p: first(p).update(actual_start_on=FAR)),
    ("cashplan_month_plausible", lambda p: p.cash_plan.update(month=FAR)),
    ("realisation_day_plausible", lambda p: paid(p, spent_on=LONG_AGO)),
    ("indicatorvalue_end_plausible", lambda p: values(p).update(ends_on=FAR)),
    ("round_closes_after_opening", lambda p: opened(p, closes_at=programs.MORNING - timedelta(seconds=1))),
    ("phase_first_plan_is_whole", lambda p: phase(p).update(planned_start_on=None, planned_end_on=None)),
    ("first_plan_kept", lambda p: phase(p).update(first_end_on=date(2028, 1, 1))),
    ("first_plan_kept", lambda p: phase(p).update(first_start_on=None, first_end_on=None)),
    ("first_plan_kept", lambda p: first(p).update(first_end_on=date(2028, 1, 1))),
    ("first_plan_kept", lambda p: first(p).update(first_weight=None)),
    # One that joined later gets no share in the first plan afterwards.
    ("first_plan_kept", lambda p: p.milestones.filter(position=2).update(first_weight=1)),
    ("first_plan_kept", lambda p: p.pagu.update(first_amount=1)),
    ("first_plan_kept", lambda p: p.cash_plan.update(first_amount=1)),
    ("first_plan_kept", lambda p: values(p).update(first_target=9)),
    ("cashplan_within_pagu", lambda p: p.cash_plan.update(amount=money.PAGU)),
    ("cashplan_within_pagu", lambda p: CashPlan.objects.create(program=p, month=date(2027, 1, 1), amount=1)),
    ("cashplan_within_pagu", lambda p: p.pagu.update(amount=money.PAGU - 1)),
    ("realisation_on_own_pagu", lambda p: paid(p, pagu=another(p).pagu.get())),
    ("milestone_in_own_phase", lambda p: first(p).update(program=another(p))),
    ("revision_kept", lambda p: p.revisions.update(reason="Lain")),
    ("revision_kept", lambda p: p.revisions.update(by=None, changes=[])),
    ("revision_kept", lambda p: p.revisions.all().delete()),
    ("realisation_kept", lambda p: p.realisations.all().delete()),
]
# Of a draft: what publication could never fix.
IN_A_DRAFT: list[tuple[str, Write]] = [
    (
        "phase_first_plan_is_whole",
        lambda p: phase(p).update(first_start_on=date(2027, 2, 1), first_end_on=date(2027, 1, 1)),
    ),
    ("phase_first_plan_is_whole", lambda p: phase(p).update(first_start_on=date(2027, 2, 1))),
    (
        "milestone_first_plan_is_whole",
        lambda p: first(p).update(first_start_on=date(2027, 2, 1), first_end_on=date(2027, 1, 1)),
    ),
    ("milestone_first_plan_is_whole", lambda p: first(p).update(first_start_on=date(2027, 2, 1))),
    (
        "milestone_first_weighs",
        lambda p: first(p).update(
            first_start_on=date(2027, 1, 1), first_end_on=date(2027, 2, 1), first_weight=0
        ),
    ),
]
KEPT = {name for name, _write in [*REFUSED, *IN_A_DRAFT]}


@transaction.atomic
def written(write: Write, program: Program) -> None:
    """Write, and check what is checked at the end of an act."""
    write(program)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(name: str, write: Write, program: Program) -> None:
    another(program)
    with pytest.raises(IntegrityError) as refusal:
        written(write, program)
    assert refusal.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]
    assert str(refused_by_database(refusal.value)) == str(limits.REFUSALS[name])


@pytest.mark.parametrize(("name", "write"), REFUSED)
def test_database_refuses_of_a_public_program(name: str, write: Write) -> None:
    refused(name, write, world()[0])


@pytest.mark.parametrize(("name", "write"), IN_A_DRAFT)
def test_database_refuses_of_a_draft(name: str, write: Write) -> None:
    refused(name, write, world(is_public=False)[0])


def test_publication_sets_the_first_plan_and_revisions_change_the_current_one() -> None:
    program, by = world()
    assert (first(program).get().first_weight, program.pagu.get().first_amount) == (2, money.PAGU)
    lower = Budget(pagu={"apbd": Decimal(1000)}, cash={})
    program.realisations.update(struck_at=programs.MORNING, strike_reason="Salah")
    cash = dict.fromkeys(money.BUDGET.cash, Decimal(500))
    plan_money(program, Budget(pagu=lower.pagu, cash=cash), reason=programs.REASON, by=by)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert (program.pagu.get().amount, program.pagu.get().first_amount) == (1000, money.PAGU)


def test_who_wrote_a_revision_or_a_payment_is_forgotten_with_the_account() -> None:
    program, _by = world()
    program.revisions.update(by=None)
    program.realisations.update(by=None)
    assert (program.revisions.get().by, program.realisations.get().by) == (None, None)


def test_a_draft_can_be_taken_down_whole() -> None:
    program, _by = world(is_public=False)
    for layer in (program.realisations, program.milestones, program.cash_plan, program.pagu):
        layer.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    program.delete()
    assert not Realisation.objects.exists()


def test_round_may_close_at_once_and_days_at_the_ends_of_the_range_stand() -> None:
    program, _by = world(is_public=False)
    assert opened(program, closes_at=programs.MORNING).pk
    phase(program).update(actual_start_on=date(2000, 1, 1), actual_end_on=date(2199, 12, 31))
