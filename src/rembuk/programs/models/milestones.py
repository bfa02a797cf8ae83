"""Milestones: what has to be reached, by whom and when, with its evidence and what citizens say of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from rembuk.programs.choices import DocumentClass, Finished
from rembuk.programs.models.days import plausible
from rembuk.programs.models.plan import Phase
from rembuk.programs.models.program import Program
from rembuk.programs.states import MilestoneState


class Milestone(models.Model):
    """A step of a phase. ``weight`` is relative: shares are computed of it and always add up to 100."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="milestones")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    weight = models.DecimalField(max_digits=9, decimal_places=2, default=1)
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=MilestoneState, default=MilestoneState.PLANNED)
    # The plan as first published, or as it stood when the milestone was added to a published plan; one that joined
    # a first plan later has no weight in it.
    first_start_on = models.DateField(null=True, blank=True)
    first_end_on = models.DateField(null=True, blank=True)
    first_weight = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    planned_start_on = models.DateField()
    planned_end_on = models.DateField()
    actual_start_on = models.DateField(null=True, blank=True)
    actual_end_on = models.DateField(null=True, blank=True)
    # How often it was called done, and when last: citizens are asked once for each claim, after four weeks.
    claims = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["program", "position"], name="milestone_program"),
            models.Index(fields=["state", "planned_end_on"], name="milestone_due"),
            # Which programmes have overdue ones is told by the index alone.
            models.Index(
                fields=["program", "planned_end_on"],
                condition=Q(state__in=[MilestoneState.PLANNED, MilestoneState.ONGOING]),
                name="milestone_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gt=0), name="milestone_weighs"),
            models.CheckConstraint(
                condition=Q(planned_end_on__gte=F("planned_start_on")), name="milestone_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(actual_end_on=None) | Q(actual_end_on__gte=F("actual_start_on")),
                name="milestone_ended_after_start",
            ),
            models.CheckConstraint(
                condition=Q(first_start_on=None, first_end_on=None, first_weight=None)
                | Q(
                    first_start_on__isnull=False,
                    first_end_on__isnull=False,
                    first_end_on__gte=F("first_start_on"),
                ),
                name="milestone_first_plan_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(first_weight=None) | Q(first_weight__gt=0), name="milestone_first_weighs"
            ),
            models.CheckConstraint(
                condition=plausible("planned_start_on", "planned_end_on", "actual_start_on", "actual_end_on"),
                name="milestone_days_plausible",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="done") & Q(actual_start_on__isnull=False) & Q(actual_end_on__isnull=False)
                )
                | (~Q(state="done") & Q(actual_end_on=None)),
                name="milestone_done_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """A picture or document that shows that a milestone is reached, for one claim of it.

    Of each claim at least one piece is open; an excluded one (UU 14/2008) is seen by staff only.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="evidence")
    claim = models.PositiveSmallIntegerField()
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    access_class = models.CharField(max_length=10, choices=DocumentClass, default=DocumentClass.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Witness(models.Model):
    """What one citizen says to "Is this finished?": never merged with what the office claims.

    A hidden one stays counted; its remark and picture are not shown. Reports of it hang on ``subject``.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    subject = models.OneToOneField("engagement.Subject", on_delete=models.PROTECT, related_name="witness")
    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="witnesses")
    claim = models.PositiveSmallIntegerField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    value = models.CharField(max_length=6, choices=Finished)
    remark = models.CharField(max_length=1000, blank=True)
    picture = models.OneToOneField(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.ForeignKey(
        "taxonomy.ReasonCode", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hidden_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "claim", "person"], name="witness_once_a_claim")
        ]
        indexes = [
            models.Index(fields=["milestone"], condition=Q(value=Finished.NO), name="witness_denies"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.value}"
