"""Comment and Report."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.engagement.models.subjects import Subject


class Comment(models.Model):
    """A comment in a thread of depth 1 to 3 below a subject; rendered once, on save."""

    MAX_DEPTH = 3
    MAX_LENGTH = 1000

    class State(models.TextChoices):
        VISIBLE = "visible", _("Visible")
        HELD = "held", _("Held for review")
        HIDDEN = "hidden", _("Hidden")
        DELETED = "deleted", _("Deleted by its author")

    public_id = models.UUIDField(unique=True, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    root = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    depth = models.PositiveSmallIntegerField(default=1)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    office = models.ForeignKey(
        "workunits.WorkUnit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.TextField()
    html = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.VISIBLE)
    created_at = models.DateTimeField()
    decided_reason = models.ForeignKey(
        "taxonomy.ReasonCode", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(depth__gte=1, depth__lte=3), name="comment_depth"),
            models.CheckConstraint(
                condition=Q(depth=1, parent=None, root=None)
                | Q(depth__gt=1, parent__isnull=False, root__isnull=False),
                name="comment_depth_matches_parent",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-id"], condition=Q(depth=1), name="comment_roots"),
            models.Index(fields=["root", "id"], name="comment_replies"),
            models.Index(fields=["author", "-id"], name="comment_author"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def path(self) -> str:
        """The public path of its thread, without language prefix."""
        return f"/komentar/{self.public_id}/"

    @property
    def anchor(self) -> str:
        """Its place on a page."""
        return f"komentar-{self.public_id}"

    @property
    def hides_author(self) -> bool:
        """Whether its author is the proposer who asked to have her name hidden here."""
        return (
            self.subject.hides_author
            and self.author_id is not None
            and self.author_id == self.subject.author_id
        )

    @property
    def shown_author(self) -> str:
        """The person's name as the public sees it."""
        if self.author is None:
            return gettext("Deleted account")
        return gettext("Proposer (name hidden)") if self.hides_author else self.author.shown_name

    @property
    def speaker(self) -> str:
        """The name it speaks under: the office's, or the person's as the public sees it."""
        return self.office.name if self.office is not None else self.shown_author


class Report(models.Model):
    """Somebody reports content: a comment, or the subject itself where ``comment`` is empty."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="reports")
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    reason = models.ForeignKey("taxonomy.ReasonCode", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "comment", "reporter"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
                name="report_once_while_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id}/{self.comment_id}"
