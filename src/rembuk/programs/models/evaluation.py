"""Ratings of citizens in rounds. The evaluation report, which reads across domains, is in ``reports``."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rembuk.programs.choices import Survey
from rembuk.programs.models.plan import Phase
from rembuk.programs.models.program import Program


class Round(models.Model):
    """A time in which members rate a programme once; the short rating, or the SKM for a public service."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="rounds")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    survey = models.CharField(max_length=5, choices=Survey)
    # How many people used the service, for the sample-size hint of the SKM.
    population = models.PositiveIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # What was counted when it closed (``evaluation.figures``); empty while it is counted anew for each page.
    counts = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="round_number"),
            models.UniqueConstraint(fields=["program"], condition=Q(closed_at=None), name="round_one_open"),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gte=models.F("opened_at")),
                name="round_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} #{self.number}"


class Rating(models.Model):
    """What one person says in a round. ``scores``: element code to 1-4; a short one has ``benefit``, ``quality``,
    ``openness``, an SKM ``u1`` to ``u9``.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="ratings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    region = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scores = models.JSONField()
    remark = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="rating_once_a_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.pk}"
