"""Phases with their first and current plan, public revisions of it, and the public history."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rembuk.programs.models.days import plausible
from rembuk.programs.models.program import Program
from rembuk.programs.states import PhaseState


class Phase(models.Model):
    """A phase with its first and current plan and what really happened. Lateness is computed, not stored."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="phases")
    # The code of a KindOfPhase; what it is called and asks is looked up (``kinds``).
    kind = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PhaseState, default=PhaseState.UPCOMING)
    is_leading = models.BooleanField(default=False)
    subject = models.OneToOneField("engagement.Subject", on_delete=models.PROTECT, related_name="phase")
    # The plan as first published; never changed afterwards.
    first_start_on = models.DateField(null=True, blank=True)
    first_end_on = models.DateField(null=True, blank=True)
    planned_start_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    actual_start_on = models.DateField(null=True, blank=True)
    actual_end_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["kind"], name="phase_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["program", "position"], name="phase_position"),
            models.UniqueConstraint(fields=["program"], condition=Q(is_leading=True), name="phase_one_leads"),
            models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(planned_end_on__gte=models.F("planned_start_on")),
                name="phase_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(planned_start_on__isnull=False),
                name="phase_end_has_a_start",
            ),
            models.CheckConstraint(
                condition=Q(actual_end_on=None)
                | (Q(actual_start_on__isnull=False) & Q(actual_end_on__gte=models.F("actual_start_on"))),
                name="phase_ended_after_start",
            ),
            # A first plan is whole, and then so is the current one.
            models.CheckConstraint(
                condition=Q(first_start_on=None, first_end_on=None)
                | Q(
                    first_start_on__isnull=False,
                    first_end_on__isnull=False,
                    first_end_on__gte=models.F("first_start_on"),
                    planned_start_on__isnull=False,
                    planned_end_on__isnull=False,
                ),
                name="phase_first_plan_is_whole",
            ),
            models.CheckConstraint(
                condition=plausible("planned_start_on", "planned_end_on", "actual_start_on", "actual_end_on"),
                name="phase_days_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.kind}"


class Revision(models.Model):
    """A public revision of a published plan. ``changes``: list of {field, old, new} as text and
    what it is about (``actions.revise.write_revision``). Append-only.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=150, blank=True)
    reason = models.TextField()
    changes = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="revision_number")]

    def __str__(self) -> str:
        return f"{self.program_id} r{self.number}"


class ProgramEvent(models.Model):
    """One step of a programme, a phase or a milestone, or a change of its proposals or lead: its public history.
    Append-only.

    ``codes`` names the proposals, the document of a payment, or the indicator an event is about; without a
    step of states ``from_state`` equals ``to_state``.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="events")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    milestone = models.ForeignKey(
        "programs.Milestone", on_delete=models.CASCADE, null=True, blank=True, related_name="events"
    )
    step = models.CharField(max_length=30)
    from_state = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    # As what the person decided, where by a delegation for a time: «Plh. Kepala Dinas Kesehatan».
    standing = models.CharField(max_length=150, blank=True)
    reason = models.TextField(blank=True)
    codes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["-at", "-id"], name="programevent_newest")]

    def __str__(self) -> str:
        return f"{self.program_id} {self.step}"
