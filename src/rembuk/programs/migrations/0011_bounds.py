"""Days lie in years that can be meant, a first plan is whole, and a round closes after it opens."""

from datetime import date

from django.db import migrations, models
from django.db.models import F, Q

SPAN = (date(2000, 1, 1), date(2199, 12, 31))
COURSE = ("planned_start_on", "planned_end_on", "actual_start_on", "actual_end_on")
WHOLE = Q(first_start_on__isnull=False, first_end_on__isnull=False, first_end_on__gte=F("first_start_on"))


def _plausible(*names):
    found = Q()
    for name in names:
        found &= Q(**{f"{name}__range": SPAN})
    return found


def _check(model, name, condition):
    return migrations.AddConstraint(
        model_name=model, constraint=models.CheckConstraint(condition=condition, name=name)
    )


class Migration(migrations.Migration):
    dependencies = [("programs", "0010_limits")]
    operations = [
        _check("cashplan", "cashplan_month_plausible", _plausible("month")),
        _check("indicatorvalue", "indicatorvalue_end_plausible", _plausible("ends_on")),
        _check("realisation", "realisation_day_plausible", _plausible("spent_on")),
        _check("milestone", "milestone_days_plausible", _plausible(*COURSE)),
        _check("phase", "phase_days_plausible", _plausible(*COURSE)),
        _check(
            "milestone",
            "milestone_first_plan_is_whole",
            Q(first_start_on=None, first_end_on=None, first_weight=None) | WHOLE,
        ),
        _check("milestone", "milestone_first_weighs", Q(first_weight=None) | Q(first_weight__gt=0)),
        _check(
            "phase",
            "phase_first_plan_is_whole",
            Q(first_start_on=None, first_end_on=None)
            | Q(
                first_start_on__isnull=False,
                first_end_on__isnull=False,
                first_end_on__gte=F("first_start_on"),
                planned_start_on__isnull=False,
                planned_end_on__isnull=False,
            ),
        ),
        _check(
            "round",
            "round_closes_after_opening",
            Q(closes_at=None) | Q(closes_at__gte=F("opened_at")),
        ),
    ]
