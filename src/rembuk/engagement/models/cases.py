"""Case and InternalNote: the common moderation queue of proposals, appeals, held and reported content."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.engagement.models.subjects import Subject
from rembuk.engagement.models.talk import Comment


class Case(models.Model):
    """Something waits for a moderator. One open case of a kind per subject and comment; ``due_at`` is its clock."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("Proposal")
        APPEAL = "appeal", _("Appeal")
        OBJECTION = "objection", _("Objection to an official answer")
        COMMENT_HELD = "comment_held", _("Comment held for review")
        REPORT = "report", _("Reported content")
        SUBMISSION = "submission", _("Submission held for review")
        ANSWER_OBJECTION = "answer_objection", _("Objection to the answer to a submission")

    public_id = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="cases")
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="cases"
    )
    unit = models.ForeignKey("workunits.WorkUnit", on_delete=models.PROTECT, related_name="+")
    # Set where only a grant in that very unit may decide (own entries of a village or subdistrict).
    released_by_unit = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # People who may not decide: author, who entered it, who decided before.
    barred = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "comment"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
                name="case_one_open",
            )
        ]
        indexes = [
            # With what filters ask of a case beside the order, so that one walks along it without reading rows.
            models.Index(
                fields=["due_at", "id"],
                include=["kind", "subject", "comment", "unit", "released_by_unit"],
                condition=Q(closed_at=None),
                name="case_in_order",
            ),
            models.Index(
                fields=["unit", "due_at", "id"], condition=Q(closed_at=None), name="case_unit_queue"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class InternalNote(models.Model):
    """A note among staff about a subject; never public."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    body = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.created_at:%Y-%m-%d}"
