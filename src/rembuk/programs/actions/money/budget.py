"""Pagu by source of funds and the cash plan by month: free in a draft, a public revision afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.money import write_amount
from rembuk.programs import rules, verbs
from rembuk.programs.actions.money.limits import checked_amount, database_limits, refusal
from rembuk.programs.actions.revise import Change, write_revision
from rembuk.programs.actions.steps import Deed, checked_reason, deed, lock, record
from rembuk.programs.choices import Fund
from rembuk.programs.models import CashPlan, Pagu, Program, Revision
from rembuk.programs.money.selectors import months_of, with_spent
from rembuk.programs.plan.days import refuse_far
from rembuk.programs.states import OPEN, State

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Budget:
    """Pagu by fund and cash by the first day of a month, as they are to be; ``None`` takes a line out of a draft.

    What is not named stays as it is.
    """

    pagu: Mapping[str, Decimal | None] = field(default_factory=dict)
    cash: Mapping[date, Decimal | None] = field(default_factory=dict)


@transaction.atomic
def plan_money(
    program: Program, budget: Budget, *, reason: str = "", by: Person, at: datetime | None = None
) -> Revision | None:
    """Set pagu and cash plan. Of a published programme this is one public revision with a reason.

    Writes the lines, then a Revision with history, audit entry and notices, or for a draft an audit entry alone.

    Raises:
        Denied: without the right.
        Invalid: for no amount or reason, a pagu below what is spent, a cash plan above the pagu, no difference.
        WrongState: once the programme is completed or cancelled.
    """
    found = lock(program)
    require(rules.may_plan(found, by))
    act = planning(found, by, reason, at)
    changes = write_budget(found, budget, act)
    return settle_plan(found, changes, act, verbs.MONEY_PLANNED)


def planning(program: Program, by: Person, reason: str, at: datetime | None) -> Deed:
    """The act of changing a layer of a locked programme's plan: with a reason once the programme is public.

    Raises:
        Invalid: for a missing reason.
        WrongState: once the programme is completed or cancelled.
    """
    if program.state == State.DRAFT:
        return deed(program, izin.PROGRAM_EDIT, by=by, moment=instant(at))
    if program.state not in OPEN:
        raise WrongState(ended_words())
    why = checked_reason(reason)
    return deed(program, izin.PROGRAM_STEER, by=by, moment=instant(at), reason=why)


def ended_words() -> str:
    """What is said where the plan of a programme that is over would change."""
    return _("Only the plan of a running or postponed work programme is revised.")


def settle_plan(program: Program, changes: list[Change], act: Deed, verb: Verb) -> Revision | None:
    """Publish what changed as a revision, or write the audit entry of a draft; nothing for no change of a draft.

    Raises:
        Invalid: when nothing of a public plan differs.
    """
    if program.state != State.DRAFT:
        if not changes:
            raise Invalid(_("Nothing differs from the present plan."))
        return write_revision(program, changes, act)
    if changes:
        program.changed_at = act.moment
        program.save(update_fields=["changed_at"])
        facts = [
            {f"{change['field']}:{change['label']}": change[which] for change in changes}
            for which in ("old", "new")
        ]
        record(program, verb, act, before=facts[0], after=facts[1])
    return None


def write_budget(program: Program, budget: Budget, act: Deed) -> list[Change]:
    """Write the lines of a locked programme and return what changed, checked as a whole.

    Raises:
        Invalid: as ``plan_money``.
    """
    changes = [*write_pagu(program, budget.pagu), *write_cash(program, budget.cash)]
    if changes:
        refuse_overplanned(program)
    return changes


def refuse_overplanned(program: Program) -> None:
    """Refuse a cash plan that adds up to more than the pagu.

    Raises:
        Invalid: with both sums.
    """
    planned = sum(program.cash_plan.values_list("amount", flat=True), _NOTHING)
    ceiling = sum(program.pagu.values_list("amount", flat=True), _NOTHING)
    if planned > ceiling:
        words = {"planned": write_amount(planned), "pagu": write_amount(ceiling)}
        raise Invalid(_("The cash plan adds up to %(planned)s, more than the pagu of %(pagu)s.") % words)


def is_new_layer(rows: Iterable[Pagu | CashPlan]) -> bool:
    """Whether no first plan of these lines is fixed yet."""
    return not any(row.first_amount is not None for row in rows)


def write_pagu(
    program: Program, wanted: Mapping[str, Decimal | None], *, is_new: bool | None = None
) -> list[Change]:
    """Write pagu of a locked programme; ``is_new`` tells whether the first plan is made now, where the caller knows.

    Raises:
        Invalid: as ``plan_money``.
    """
    rows: dict[str, Any] = {row.fund: row for row in with_spent(program.pagu.all())}
    is_new = is_new_layer(rows.values()) if is_new is None else is_new
    changes: list[Change] = []
    for fund, amount in wanted.items():
        name = f"pagu_{fund}"
        if fund not in Fund.values:
            raise refusal(name, _("This source of funds does not exist."))
        row = rows.get(fund)
        if row is not None and (amount or _NOTHING) < row.spent:
            words = {"spent": write_amount(row.spent)}
            raise refusal(name, _("%(spent)s is spent of it already. The pagu can't be less.") % words)
        if row is not None and amount is None and row.realisations.exists():
            raise refusal(name, _("There are entries for this source. Set it to zero instead."))
        made = _write(program, row or Pagu(program=program, fund=fund), amount, name, is_new)
        with override("id"):
            label = str(Fund(fund).label)
        changes += [{"field": "pagu", "pagu": fund, **change, "label": label} for change in made]
    return changes


def write_cash(
    program: Program, wanted: Mapping[date, Decimal | None], *, is_new: bool | None = None
) -> list[Change]:
    """Write months of a locked programme's cash plan; ``is_new`` as in ``write_pagu``. The sum is not checked here.

    Raises:
        Invalid: as ``plan_money``.
    """
    rows = months_of(program)
    is_new = is_new_layer(rows.values()) if is_new is None else is_new
    changes: list[Change] = []
    for month, amount in wanted.items():
        name = f"cash_{month:%Y-%m}"
        refuse_far({name: month})
        first = month.replace(day=1)
        row = rows.get(first) or CashPlan(program=program, month=first)
        made = _write(program, row, amount, name, is_new)
        changes += [
            {"field": "cash", "period": f"{first:%Y-%m}", **change, "label": f"{first:%Y-%m}"}
            for change in made
        ]
    return changes


def _write(
    program: Program, row: Pagu | CashPlan, amount: Decimal | None, name: str, is_new: bool
) -> list[dict[str, str]]:
    """Write one line, stored already or not; returns its change, if any.

    A line that joins a layer whose first plan is fixed had nothing in that first plan.
    """
    is_added = row.pk is None
    old = None if is_added else row.amount
    if amount == old:
        return []
    if amount is None:
        if program.state != State.DRAFT:
            raise refusal(name, _("A public line is set to zero, never removed."))
        row.delete()
    else:
        checked_amount(amount, name)
        if is_added and program.state != State.DRAFT:
            row.first_amount = amount if is_new else _NOTHING
        row.amount = amount
        with database_limits(name):
            row.save()
    return [{"old": _text(old), "new": _text(amount)}]


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
