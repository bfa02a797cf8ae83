"""Ballot, Vote, VoteDelta and Tally: no row here is updated by every voter (ARCHITECTURE section 4)."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rembuk.audit.models import WaitingEntry
from rembuk.engagement.models.subjects import Subject


class Ballot(models.Model):
    """What can be voted on: ``choices`` are the values allowed besides 0, which withdraws."""

    class Kind(models.TextChoices):
        SUPPORT = "support", _("Support or against")
        QUESTION = "question", _("Question of a phase")

    SUPPORT, AGAINST = 1, -1
    YES, UNSURE, NO = 1, 2, 3

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="ballots")
    kind = models.CharField(max_length=10, choices=Kind)
    choices = ArrayField(models.SmallIntegerField())
    is_open = models.BooleanField(default=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "kind"], name="ballot_subject_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"

    def takes_votes(self, at: datetime) -> bool:
        """Whether the gate of ``cast_vote`` stands open at an instant, as far as this row was read."""
        begun = self.opens_at is None or self.opens_at <= at
        return self.is_open and begun and (self.closes_at is None or self.closes_at > at)


class Vote(models.Model):
    """One person's value on one ballot; 0 is withdrawn. ``version`` is the text's version it was given to."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="votes")
    # Empty after the account was deleted: the vote on a closed ballot stays counted and belongs to nobody.
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="votes"
    )
    value = models.SmallIntegerField()
    previous = models.SmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "voter"], name="vote_once")]
        indexes = [models.Index(fields=["voter", "-id"], condition=~Q(value=0), name="vote_voter")]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.value}"


class VoteDelta(WaitingEntry):
    """A change not yet folded into its tally, with the vote's entry for the trail (one of two at a change of mind)."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="+", db_index=False)
    choice = models.SmallIntegerField()
    change = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["ballot"], name="votedelta_ballot")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.choice}: {self.change:+d}"


class Tally(models.Model):
    """Folded count of one choice of a ballot."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="tallies", db_index=False)
    choice = models.SmallIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "choice"], name="tally_ballot_choice")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.choice}: {self.count}"
