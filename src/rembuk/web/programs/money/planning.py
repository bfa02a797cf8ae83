"""What the pages about money share: the way to them, and the form of the plan filled with the present one."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.programs.models import Program
from rembuk.programs.money.selectors import months_of
from rembuk.programs.states import State
from rembuk.web.guards import PersonRequest
from rembuk.web.programs.editing.reasons import WithReason
from rembuk.web.programs.editing.seen import Sight
from rembuk.web.programs.money.forms import BudgetForm
from rembuk.web.programs.money.months import months_offered
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import ReasonForm


def money_crumbs(program: Program) -> list[dict[str, str]]:
    """The way to a page about money."""
    return [
        *crumbs(program),
        {"label": _("Money"), "url": reverse("desk_programs:money", args=[program.code])},
    ]


def budget_form(program: Program, data: Mapping[str, Any] | None) -> BudgetForm:
    """The form with the present lines, or with what was typed."""
    cash = {month: row.amount for month, row in months_of(program).items()}
    pagu = {row.fund: row.amount for row in program.pagu.all()}
    return BudgetForm(data, pagu=pagu, cash=cash, months=months_offered(program, cash))


class BudgetBench(WithReason[BudgetForm]):
    """Pagu and cash plan with, for a public plan, the reason of the revision, over what she saw when she opened it."""

    def __init__(self, request: PersonRequest, program: Program) -> None:
        self.program = program
        self.sight = Sight(request, program, self._build)
        self.form = budget_form(program, self.sight.data)
        self.why = None if program.state == State.DRAFT else ReasonForm(self.sight.data)

    def _build(self, data: QueryDict | None) -> list[forms.BaseForm]:
        return [budget_form(self.program, data)]

    @property
    def may_save(self) -> bool:
        """Whether it was sent, and nobody changed what she saw."""
        return self.sight.sent is not None and self.sight.clash is None

    def context(self) -> dict[str, Any]:
        """What ``desk_programs/money/plan.html`` needs."""
        return {"form": self.form, "why": self.why, "sight": self.sight}
