"""What publication fixes of money and indicators: from then on the first plan stands beside the current one."""

from django.db.models import F

from rembuk.programs.models import IndicatorValue, Program


def fix_first_plan(program: Program) -> None:
    """Keep pagu, cash plan and targets of a locked draft as the first plan. Phases and milestones have theirs."""
    program.pagu.update(first_amount=F("amount"))
    program.cash_plan.update(first_amount=F("amount"))
    IndicatorValue.objects.filter(indicator__program=program).update(first_target=F("target"))
