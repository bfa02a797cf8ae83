"""Program, Phase, Link, Revision, Update, Document and ProgramEvent rows."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.programs.choices import DocumentClass, Extent
from rembuk.programs.phases import PhaseKind
from rembuk.programs.states import PhaseState, State


class Program(models.Model):
    """What the instansi undertakes; ``unit`` is responsible for it."""

    code = models.CharField(max_length=20, unique=True, db_collation="C")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    subject = models.OneToOneField("engagement.Subject", on_delete=models.PROTECT, related_name="program")
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    category = models.ForeignKey(
        "taxonomy.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=300, blank=True)
    year = models.PositiveIntegerField()
    search = SearchVectorField(null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("work programme")
        verbose_name_plural = _("work programmes")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="program_newest"),
            models.Index(fields=["unit", "state"], name="program_unit"),
            models.Index(fields=["category"], name="program_category"),
            GinIndex(fields=["search"], name="program_search"),
        ]

    def __str__(self) -> str:
        return self.code


class Phase(models.Model):
    """A phase with its first and current plan and what really happened. Lateness is computed, not stored."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=20, choices=PhaseKind)
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
        constraints = [
            models.UniqueConstraint(fields=["program", "position"], name="phase_position"),
            models.UniqueConstraint(fields=["program"], condition=Q(is_leading=True), name="phase_one_leads"),
            models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(planned_end_on__gte=models.F("planned_start_on")),
                name="phase_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.kind}"


class Link(models.Model):
    """A proposal in a programme: how it is taken up, with a sentence to its author."""

    MIN_SENTENCE = 20

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="links")
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="links")
    extent = models.CharField(max_length=10, choices=Extent)
    sentence = models.TextField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "proposal"], condition=Q(removed_at=None), name="link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.program_id} < {self.proposal_id}"


class Revision(models.Model):
    """A public revision of a published plan. ``changes``: list of {field, phase, old, new} in ISO dates.
    Append-only.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    changes = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="revision_number")]

    def __str__(self) -> str:
        return f"{self.program_id} r{self.number}"


class Update(models.Model):
    """News of a programme in one of its phases, with pictures."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="updates")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="updates")
    title = models.CharField(max_length=200)
    body = models.TextField()
    html = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["program", "-at"], name="update_program")]

    def __str__(self) -> str:
        return self.title


class UpdatePicture(models.Model):
    """A picture of an update, with the words that stand for it."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    alternative = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.alternative


class Document(models.Model):
    """A document of a programme; an excluded one is seen by staff only."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="documents")
    phase = models.ForeignKey(
        Phase, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )
    title = models.CharField(max_length=200)
    file = models.OneToOneField("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    access_class = models.CharField(max_length=10, choices=DocumentClass, default=DocumentClass.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.title


class ProgramEvent(models.Model):
    """One step of a programme or of a phase, or a change of its proposals or lead: its public history.
    Append-only.

    ``codes`` names the proposals an event is about; without a step of states ``from_state`` equals
    ``to_state``.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="events")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, null=True, blank=True, related_name="events")
    step = models.CharField(max_length=30)
    from_state = models.CharField(max_length=10)
    to_state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    codes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.program_id} {self.step}"
