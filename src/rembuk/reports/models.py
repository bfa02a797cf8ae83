"""Both kinds of reports: words of staff in parts, and the figures they speak of, as they were at one moment."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rembuk.reports.states import ReportState


class Report(models.Model):
    """What both have. ``words``: part to staff Markdown, ``html`` the same rendered, ``data`` the snapshot of figures.

    ``changed_at`` tells two officials apart who write at once. A trigger keeps published rows as they are.
    """

    state = models.CharField(max_length=9, choices=ReportState, default=ReportState.DRAFT)
    words = models.JSONField(default=dict)
    html = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    drafted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.state == ReportState.PUBLISHED


class EvaluationReport(Report):
    """The evaluation of a programme; a later one gets the next number. ``office`` speaks in it."""

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="evaluations")
    number = models.PositiveSmallIntegerField()
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="evaluation_number"),
            models.UniqueConstraint(
                fields=["program"], condition=Q(state=ReportState.DRAFT), name="evaluation_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) ^ Q(published_at__isnull=False),
                name="evaluation_published_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} e{self.number}"


class AccountabilityReport(Report):
    """ "Media pertanggungjawaban" of a unit with all below it, or of the instansi (``unit`` is the root), for a
    quarter or a year (``quarter=None``). ``code`` is made at drafting and stays: ``LPJ-2026-TW3-dinas-pu``.
    """

    code = models.CharField(max_length=60, unique=True, db_collation="C")
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = [F("year").desc(), F("quarter").desc(nulls_first=True), "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "quarter"], name="accountability_once_a_period", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(quarter=None) | Q(quarter__range=(1, 4)), name="accountability_quarter"
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) ^ Q(published_at__isnull=False),
                name="accountability_published_has_date",
            ),
        ]
        indexes = [models.Index(fields=["state", "-published_at", "-id"], name="accountability_newest")]

    def __str__(self) -> str:
        return self.code
