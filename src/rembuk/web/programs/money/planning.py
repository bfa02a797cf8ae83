"""What the pages about money share: the way to them, and the form of the plan filled with the present one."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.programs.models import Program
from rembuk.programs.money.selectors import months_of
from rembuk.web.programs.money.forms import BudgetForm
from rembuk.web.programs.money.months import months_offered
from rembuk.web.programs.steering.board import crumbs


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
