"""Indicators of input, output and outcome, with target and actual by period."""

from django.conf import settings
from django.db import models

from rembuk.programs.choices import Direction, Level
from rembuk.programs.models.days import plausible
from rembuk.programs.models.program import Program

DIGITS, PLACES = 18, 4


class Indicator(models.Model):
    """What is measured, in which unit, from which baseline, and which way is better."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=7, choices=Level)
    name = models.CharField(max_length=200)
    measure = models.CharField(max_length=60)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    baseline = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class IndicatorValue(models.Model):
    """Target and actual of a period; ``actual=None`` is missing, and shown as missing."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    period = models.CharField(max_length=40)
    ends_on = models.DateField()
    first_target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    actual = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "ends_on"], name="indicatorvalue_once_a_period"),
            models.CheckConstraint(condition=plausible("ends_on"), name="indicatorvalue_end_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"
