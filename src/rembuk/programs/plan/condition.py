"""On time, late (terlambat) or critical (kritis): computed from the deviation, never stored.

The default thresholds of "kritis" are those of a critical contract in Indonesian procurement: more than 10 points
behind while the plan stands at up to 70 per cent, more than 5 afterwards (Peraturan LKPP 12/2021, Lampiran II,
"kontrak kritis"; before it Permen PU 07/PRT/M/2011). The settings of the instansi may say otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from rembuk.programs.plan.curve import Deviation, deviation, first_deviation
from rembuk.programs.plan.progress import Progress, Stone, progress


class Condition(models.TextChoices):
    """How a programme stands against its current plan."""

    ON_TIME = "on_time", _("On time")
    LATE = "late", _("Late")
    CRITICAL = "critical", _("Critical")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many points behind a programme counts as late or critical; ``until`` is planned progress."""

    late: Decimal = Decimal(0)
    critical: Decimal = Decimal(10)
    until: Decimal = Decimal(70)
    critical_after: Decimal = Decimal(5)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a programme stands today. ``progress`` and deviations are ``None`` without milestones that count;
    ``condition`` is ``None`` while it is not measured (draft, cancelled).
    """

    condition: Condition | None
    progress: Progress | None = None
    deviation: Deviation | None = None
    first_deviation: Deviation | None = None


def condition(planned: Decimal, actual: Decimal, thresholds: Thresholds) -> Condition:
    """The condition at planned and actual per cent; a threshold itself is not yet exceeded."""
    behind = planned - actual
    critical = thresholds.critical if planned <= thresholds.until else thresholds.critical_after
    if behind > max(critical, thresholds.late):
        return Condition.CRITICAL
    return Condition.LATE if behind > thresholds.late else Condition.ON_TIME


def condition_of(
    stones: Sequence[Stone], today: date, thresholds: Thresholds, *, days_behind: int
) -> Condition:
    """The condition on a day that is not over: what falls due today is not late yet.

    ``days_behind`` is the delay by the dates of the phases; it decides where there are no milestones that count:
    late by any day, never critical.
    """
    before, now = progress(stones, today - timedelta(days=1)), progress(stones, today)
    if before is None or now is None:
        return Condition.LATE if days_behind > 0 else Condition.ON_TIME
    return condition(before.planned, now.actual, thresholds)


def standing(
    stones: Sequence[Stone], today: date, thresholds: Thresholds, *, days_behind: int, is_measured: bool
) -> Standing:
    """Condition, progress and deviation from both plans in one; figures are given for what is not measured, too."""
    return Standing(
        condition=condition_of(stones, today, thresholds, days_behind=days_behind) if is_measured else None,
        progress=progress(stones, today),
        deviation=deviation(stones, today),
        first_deviation=first_deviation(stones, today),
    )
