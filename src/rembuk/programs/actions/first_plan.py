"""What publication fixes of milestones, money and indicators: from then on the first plan stands beside the current one."""

from django.db.models import F

from rembuk.programs.models import IndicatorValue, Program


def fix_first_plan(program: Program) -> None:
    """Keep days and weights of milestones, pagu, cash plan and targets of a locked draft as the first plan."""
    program.milestones.update(
        first_start_on=F("planned_start_on"),
        first_end_on=F("planned_end_on"),
        first_weight=F("weight"),
    )
    program.pagu.update(first_amount=F("amount"))
    program.cash_plan.update(first_amount=F("amount"))
    IndicatorValue.objects.filter(indicator__program=program).update(first_target=F("target"))
