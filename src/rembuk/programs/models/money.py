"""Money in rupiah without rounding: pagu by source, the cash plan, and what was spent."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from rembuk.programs.choices import Fund
from rembuk.programs.models.days import plausible
from rembuk.programs.models.program import Program

MAX_DIGITS, DECIMAL_PLACES = 18, 2


class Pagu(models.Model):
    """The ceiling of one source of funds, first and current; after publication only a revision changes it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="pagu")
    fund = models.CharField(max_length=10, choices=Fund)
    first_amount = models.DecimalField(
        max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    amount = models.DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["program", "fund"], name="pagu_once_a_fund"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="pagu_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.fund}"


class CashPlan(models.Model):
    """What is planned to be spent in a month (``month`` is its first day): the planned curve of money."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="cash_plan")
    month = models.DateField()
    first_amount = models.DecimalField(
        max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    amount = models.DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["program", "month"], name="cashplan_once_a_month"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cashplan_not_negative"),
            models.CheckConstraint(condition=Q(month__day=1), name="cashplan_first_of_month"),
            models.CheckConstraint(condition=plausible("month"), name="cashplan_month_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.month}"


class Realisation(models.Model):
    """Money spent from one source. It is never changed: a wrong one is struck out with a reason and entered anew.

    A trigger refuses more than the pagu of the source.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="realisations")
    pagu = models.ForeignKey(Pagu, on_delete=models.PROTECT, related_name="realisations")
    amount = models.DecimalField(max_digits=MAX_DIGITS, decimal_places=DECIMAL_PLACES)
    spent_on = models.DateField()
    document_number = models.CharField(max_length=100)
    description = models.CharField(max_length=300, blank=True)
    evidence = models.OneToOneField(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    strike_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["spent_on", "id"]
        indexes = [models.Index(fields=["program", "spent_on"], name="realisation_program")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="realisation_positive"),
            models.CheckConstraint(condition=plausible("spent_on"), name="realisation_day_plausible"),
            models.CheckConstraint(
                condition=Q(struck_at=None) | ~Q(strike_reason=""), name="realisation_strike_says_why"
            ),
            models.UniqueConstraint(
                fields=["program", "document_number"],
                condition=Q(struck_at=None),
                name="realisation_document_once",
            ),
        ]

    def __str__(self) -> str:
        return self.document_number
