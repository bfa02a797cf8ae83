"""What publication fixes of milestones, money and indicators: from then on the first plan stands beside the current one."""

from datetime import datetime, time

from django.db.models import F

from rembuk.programs.models import IndicatorValue, Program
from rembuk.siteconfig.selectors import current


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


def has_open_first_plan(program: Program, moment: datetime) -> bool:
    """Whether milestones added to a public plan now belong to its first plan.

    Published without milestones, a programme gets its first plan of them on the day the first ones are added, in as
    many acts as that takes. Whatever joins later has no share in it: what was promised first stays as it was.
    """
    first = program.milestones.filter(first_weight__isnull=False).values_list("public_id", flat=True)
    tz = current().tz
    midnight = datetime.combine(moment.astimezone(tz).date(), time(), tz)
    revisions = program.revisions.filter(at__gte=midnight).values_list("changes", flat=True)
    added = {
        change.get("milestone") for changes in revisions for change in changes if change["field"] == "added"
    }
    return {str(key) for key in first} <= added
