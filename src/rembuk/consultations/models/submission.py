"""Submission with its versions, remarks on clauses and answers to questions."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.consultations.choices import Channel, ParticipantKind, Stance
from rembuk.consultations.models.consultation import Consultation
from rembuk.consultations.models.questions import Question
from rembuk.consultations.models.text import Clause, DraftVersion
from rembuk.consultations.states import SubmissionState


class Submission(models.Model):
    """What one participant says. What is being written stands in ``working`` (``content.Content`` as JSON) until it is sent."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    # Number in the consultation and receipt (``UJP-2026-0003-00001``), drawn on sending.
    number = models.PositiveIntegerField(null=True, blank=True)
    code = models.CharField(max_length=30, unique=True, null=True, blank=True, db_collation="C")
    subject = models.OneToOneField(
        "engagement.Subject", on_delete=models.PROTECT, null=True, related_name="submission"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="submissions"
    )
    working = models.JSONField(null=True, blank=True)

    participant_kind = models.CharField(
        max_length=12, choices=ParticipantKind, default=ParticipantKind.PERSON
    )
    participant_name = models.CharField(max_length=120, blank=True)
    is_affected = models.BooleanField(default=False)
    is_name_masked = models.BooleanField(default=False)
    region = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stance = models.CharField(max_length=10, choices=Stance, blank=True)
    reason = models.TextField(blank=True)
    html = models.TextField(blank=True)
    # The version of the text it was last sent against; empty where there is no text.
    text_version = models.ForeignKey(
        DraftVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    # Changed after it was shown, where the instansi moderates first: nobody reads it until a moderator has.
    is_rechecking = models.BooleanField(default=False)

    # Set where an office entered it for somebody.
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    on_behalf_of = models.CharField(max_length=120, blank=True)
    received_on = models.DateField(null=True, blank=True)
    scan = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who last corrected what an office had entered.
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField(null=True, blank=True)

    decided_reason = models.ForeignKey(
        "taxonomy.ReasonCode", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_note = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # When the author was told all answers (in the inbox); empty for those who can't be reached.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SubmissionState.DRAFT) | Q(code__isnull=False, number__isnull=False),
                name="submission_has_code",
            ),
            models.UniqueConstraint(fields=["consultation", "number"], name="submission_number"),
            models.UniqueConstraint(
                fields=["consultation", "author"],
                condition=Q(author__isnull=False) & ~Q(state=SubmissionState.WITHDRAWN),
                name="submission_one_each",
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "-number"], name="submission_newest"),
            models.Index(fields=["consultation", "state"], name="submission_state"),
            models.Index(fields=["author", "-id"], name="submission_author"),
        ]

    def __str__(self) -> str:
        return self.code or f"draft {self.public_id}"

    @property
    def is_offline(self) -> bool:
        """Whether an office entered it for somebody; such submissions are counted apart."""
        return self.channel != Channel.WEB

    @property
    def shown_name(self) -> str:
        """The name the public reads; reads ``author``."""
        if self.is_name_masked:
            return gettext("Participant (name hidden)")
        if self.participant_name:
            return self.participant_name
        if self.on_behalf_of:
            return self.on_behalf_of
        return self.author.shown_name if self.author else gettext("Deleted account")


class SubmissionVersion(models.Model):
    """What was sent at an instant: ``content.Content`` as JSON. Append-only; the author and staff can read every one.

    Of an entry also its ``head`` (for whom, how and when it came), and of a correction who made it and why.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    head = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="submissionversion_number")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} v{self.number}"


class Remark(models.Model):
    """What a submission says of one clause; ``text_version`` is the version it was written against."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="remarks")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="remarks")
    text_version = models.ForeignKey(DraftVersion, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=10, choices=Stance, blank=True)
    comment = models.TextField(blank=True)
    # Suggested wording of the whole clause, and the passage the comment is about.
    suggestion = models.TextField(blank=True)
    quote = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["submission", "clause"], name="remark_once")]
        indexes = [models.Index(fields=["clause", "stance"], name="remark_clause")]

    def __str__(self) -> str:
        return f"{self.submission_id} > {self.clause_id}"


class Answer(models.Model):
    """An answer to one question: ``choices`` (values of options, 0 is «lainnya»), a scale's ``number``, or ``text``."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    choices = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    number = models.SmallIntegerField(null=True, blank=True)
    # The words of a text answer, or of «lainnya».
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["submission", "question"], name="answer_once")]
        indexes = [models.Index(fields=["question"], name="answer_question")]

    def __str__(self) -> str:
        return f"{self.submission_id} ? {self.question_id}"
