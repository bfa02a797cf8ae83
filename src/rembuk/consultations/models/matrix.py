"""The response matrix: rows, groups of like rows, the history of a row, objections of authors."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from rembuk.consultations.choices import RowSource, Verdict
from rembuk.consultations.models.consultation import Consultation
from rembuk.consultations.models.questions import Question
from rembuk.consultations.models.submission import Remark, Submission
from rembuk.consultations.models.text import Clause, DraftVersion
from rembuk.consultations.states import RowState


class MatrixGroup(models.Model):
    """Like rows, suggested by the system or put together by staff; only a confirmed one is answered once for all."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(max_length=200)
    is_suggested = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    # Keys of the rows that stood in it when it was dismissed: no suggestion joins two of them again.
    parted = ArrayField(models.BigIntegerField(), default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Grouping(models.Model):
    """When groups were last suggested in a consultation, over how many rows; a request that is not done yet is newer."""

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, primary_key=True, related_name="grouping"
    )
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    groups = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.groups}"

    @property
    def is_waiting(self) -> bool:
        """Whether a request is not done yet."""
        return self.made_at is None or self.made_at < self.asked_at


class MatrixRow(models.Model):
    """One point of a submission and the official answer to it. Verdict and reason may be saved while it is ``open``."""

    MIN_REASON = 20

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="rows")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="rows")
    # Its place among the rows of the submission, from 1.
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, choices=RowSource)
    remark = models.ForeignKey(Remark, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="rows")
    text = models.TextField()
    category = models.ForeignKey(
        "taxonomy.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        MatrixGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="rows"
    )

    state = models.CharField(max_length=10, choices=RowState, default=RowState.OPEN)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = models.TextField(blank=True)
    # Digest of the reason without case, blanks and punctuation: finds one reason on many rows.
    reason_digest = models.CharField(max_length=32, blank=True, db_collation="C")
    change = models.TextField(blank=True)
    # The clause that changed because of it, in the version that brought the change.
    changed_clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_version = models.ForeignKey(
        DraftVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The office that answers, set with the proposal of an answer.
    office = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # As what the person answers, where by a delegation for a time: «Plh. Kepala Dinas Kesehatan».
    standing = models.CharField(max_length=150, blank=True, default="", db_default="")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    # The second person disagreed: a note to the proposer, gone when it is proposed anew.
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_note = models.TextField(blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="row_number"),
            models.CheckConstraint(
                condition=Q(state=RowState.OPEN) | (~Q(verdict="") & ~Q(reason="")),
                name="row_answered_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "state", "id"], name="row_state"),
            models.Index(fields=["consultation", "clause", "id"], name="row_clause"),
            models.Index(fields=["consultation", "assigned_to", "state"], name="row_assigned"),
            models.Index(fields=["unit", "state"], name="row_unit"),
            # Whether a unit is in charge of any row of a consultation.
            models.Index(fields=["consultation", "unit"], name="row_in_charge"),
            models.Index(
                fields=["consultation", "reason_digest"],
                condition=~Q(reason_digest=""),
                name="row_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} #{self.number}"


class RowChange(models.Model):
    """One deed on a row, for staff and auditor: proposed, returned, approved, published, cut, assigned. Append-only."""

    row = models.ForeignKey(MatrixRow, on_delete=models.CASCADE, related_name="changes")
    deed = models.CharField(max_length=20)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.row_id} {self.deed}"


class Objection(models.Model):
    """An author's one objection to the answer of a row, and what a second person made of it."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", "confirmed"
        NEW_ANSWER = "new_answer", "new_answer"

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="objection")
    row = models.ForeignKey(MatrixRow, on_delete=models.CASCADE, related_name="objections")
    text = models.TextField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    # A new answer stands beside the old one, dated.
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    explanation = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    office = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    standing = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.submission_id}"
