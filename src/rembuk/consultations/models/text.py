"""The draft text: versions, clauses (identity across versions) and their text in each version."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rembuk.consultations.choices import Change, ClauseKind
from rembuk.consultations.models.consultation import Consultation


class DraftVersion(models.Model):
    """A version of the text. Once ``published_at`` is set neither it nor its clauses change (a trigger holds it)."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    # What was pasted or typed, and what changed against the version before, in the office's words.
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    # The parts that were read and are being mended, until they are kept as clauses:
    # {"parts": [drafts.parts.Part as JSON], "left_out": [lines]}.
    tree = models.JSONField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="draftversion_number"),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(published_at=None), name="draftversion_one_in_work"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} v{self.number}"


class Clause(models.Model):
    """A part of the text as itself, whatever its number or wording in a version; comments and remarks hang on it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="clauses")
    # Its place in public addresses (``/butir/12/``), given once and never again to another.
    number = models.PositiveIntegerField()
    # Made when the first version that holds it is published.
    subject = models.OneToOneField(
        "engagement.Subject", on_delete=models.PROTECT, null=True, related_name="clause"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="clause_number")]

    def __str__(self) -> str:
        return f"{self.consultation_id} butir {self.number}"


class ClauseText(models.Model):
    """A clause as it stands in one version: its place in the tree, its label and its words."""

    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="texts")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="texts")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    # Reading order in the version, from 0; ``depth`` from 0.
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=ClauseKind)
    # «huruf b», and the whole: «Pasal 7 ayat (2) huruf b».
    label = models.CharField(max_length=120, blank=True)
    full_label = models.CharField(max_length=300)
    heading = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    change = models.CharField(max_length=10, choices=Change, default=Change.FIRST)
    # In a version in work: the match with an older clause is doubtful until staff confirm it.
    is_doubtful = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "clause"], name="clausetext_clause_once"),
            models.UniqueConstraint(fields=["version", "position"], name="clausetext_position"),
        ]

    def __str__(self) -> str:
        return self.full_label
