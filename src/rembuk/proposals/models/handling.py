"""What offices do with a proposal: decisions, dispositions, assessments, official answers, objections."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.proposals.choices import AnswerKind, AssessmentVerdict
from rembuk.proposals.models.proposal import Proposal
from rembuk.proposals.states import State


class Decision(models.Model):
    """One step taken: the public history of a proposal. Append-only."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=30)
    from_state = models.CharField(max_length=12, choices=State)
    to_state = models.CharField(max_length=12, choices=State)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # The office decided under; empty for the author's own steps.
    office = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, null=True, related_name="+")
    # As what the person decided, where by a delegation for a time: «Plh. Kepala Dinas Kesehatan».
    standing = models.CharField(max_length=150, blank=True)
    reason = models.ForeignKey("taxonomy.ReasonCode", on_delete=models.PROTECT, null=True, related_name="+")
    explanation = models.TextField(blank=True)
    bulk = models.UUIDField(null=True, blank=True)
    bulk_size = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["step", "at"], name="decision_step")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.step}"


class Disposition(models.Model):
    """A proposal handed to a work unit; exactly one open one is responsible."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="dispositions")
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    is_responsible = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # Its telaah is recorded, or it was taken back.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-is_responsible", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "unit"], name="disposition_unit_once"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(is_responsible=True), name="disposition_one_responsible"
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_at", "id"], condition=Q(closed_at=None), name="disposition_open"
            ),
            models.Index(fields=["due_at", "id"], condition=Q(closed_at=None), name="disposition_due_first"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} > {self.unit_id}"


class Assessment(models.Model):
    """Telaah: what a unit finds about a proposal handed to it. Public, append-only; the newest of a unit stands."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="assessments")
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=AssessmentVerdict)
    reason = models.TextField()
    is_responsible = models.BooleanField(default=False)
    standing = models.CharField(max_length=150, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            # Proposals to hand on again; few assessments say so.
            models.Index(
                fields=["proposal", "unit"],
                condition=Q(verdict=AssessmentVerdict.NOT_OURS),
                name="assessment_not_ours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.verdict}"


class OfficialAnswer(models.Model):
    """Tanggapan resmi with its reason; the newest stands, older ones stay readable. Append-only."""

    MIN_REASON = 20

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=12, choices=AnswerKind)
    reason_code = models.ForeignKey(
        "taxonomy.ReasonCode", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField()
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=150, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    # Code of the programme for ``adopted``; programmes lie above this domain, so no foreign key.
    program_code = models.CharField(max_length=20, blank=True, db_collation="C")
    program_title = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("official answer")
        verbose_name_plural = _("official answers")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}"


class Objection(models.Model):
    """The author's one appeal against not publishing, or one objection against ``declined``."""

    class Kind(models.TextChoices):
        APPEAL = "appeal", _("Appeal")
        OBJECTION = "objection", _("Objection")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="objections")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    at = models.DateTimeField()
    # Who decided the first time and therefore may not decide again.
    first_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "kind"], name="objection_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.proposal_id}"
