"""Suggested groups of proposals: found by a job, judged by staff."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from rembuk.programs.choices import Likeness
from rembuk.programs.models.program import Program
from rembuk.programs.states import SuggestionState


class Fingerprint(models.Model):
    """What the job has read of a proposal, so that only new and changed ones are read again.

    ``area`` is the subdistrict (or the wider region it names), ``subject`` its theme or, without one, the office that
    would carry it out; both empty where nothing is known. ``read_at`` is the change of the proposal up to which it was read.
    """

    proposal = models.OneToOneField(
        "proposals.Proposal", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    text_hash = models.CharField(max_length=64, db_collation="C")
    area = models.CharField(max_length=13, blank=True, db_collation="C")
    region = models.ForeignKey(
        "regions.Region", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    theme = models.CharField(max_length=30, blank=True, db_collation="C")
    subject = models.CharField(max_length=40, blank=True, db_collation="C")
    terms = models.JSONField()
    place_terms = models.JSONField()
    read_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["area", "theme"], name="fingerprint_like"),
            models.Index(fields=["region", "subject"], name="fingerprint_same"),
        ]

    def __str__(self) -> str:
        return str(self.proposal_id)


class Touched(models.Model):
    """A neighbourhood whose groups are to be reckoned again, since a proposal in it was read or let go."""

    near = models.CharField(max_length=64, primary_key=True, db_collation="C")

    def __str__(self) -> str:
        return self.near


class Suggestion(models.Model):
    """A group of proposals that may belong together: ``same`` are candidates for duplicates, ``like`` for one
    programme. ``why`` holds the theme and the words that they share.

    ``near`` is the neighbourhood it was found in, ``base`` what it is about; ``key`` counts the groups of one base, of
    which one at most is open. What was dismissed stays, so that it is not suggested again.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=4, choices=Likeness)
    state = models.CharField(max_length=9, choices=SuggestionState, default=SuggestionState.OPEN)
    near = models.CharField(max_length=64, db_collation="C")
    base = models.CharField(max_length=50, db_collation="C")
    key = models.CharField(max_length=64, unique=True, db_collation="C")
    why = models.JSONField(default=dict)
    size = models.PositiveIntegerField()
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    program = models.ForeignKey(
        Program, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["base"], condition=Q(state="open"), name="suggestion_one_open")
        ]
        indexes = [
            models.Index(fields=["state", "kind", "-size", "-id"], name="suggestion_biggest"),
            models.Index(fields=["near"], name="suggestion_near"),
        ]

    def __str__(self) -> str:
        return self.key


class SuggestionMember(models.Model):
    """A proposal in a suggested group; staff drop what does not belong, and it is not suggested there again."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="members")
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.CASCADE, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-proposal_id"]
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "proposal"], name="suggestionmember_once")
        ]
        indexes = [
            models.Index(fields=["proposal"], condition=Q(dropped_at=None), name="suggestionmember_in")
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} < {self.proposal_id}"
