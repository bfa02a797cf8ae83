"""Question and the visible corrections of its wording."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rembuk.consultations.choices import QuestionKind
from rembuk.consultations.models.consultation import Consultation


class Question(models.Model):
    """A question of a consultation. ``options`` are {"value": int, "label": str}; values stand fast from the opening on.

    A scale runs from ``scale_from`` to ``scale_to`` with a word at either end. ``has_other`` adds «lainnya» with a text.
    """

    # The value that stands for «lainnya» in a person's choices.
    OTHER = 0

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="questions")
    # Its place in addresses and forms, given once.
    number = models.PositiveIntegerField()
    page = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=QuestionKind)
    text = models.CharField(max_length=500)
    help = models.TextField(blank=True)
    is_required = models.BooleanField(default=False)
    options = models.JSONField(default=list, blank=True)
    has_other = models.BooleanField(default=False)
    scale_from = models.SmallIntegerField(default=1)
    scale_to = models.SmallIntegerField(default=5)
    scale_from_label = models.CharField(max_length=60, blank=True)
    scale_to_label = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["page", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="question_number"),
            models.CheckConstraint(condition=Q(scale_to__gt=models.F("scale_from")), name="question_scale"),
        ]

    def __str__(self) -> str:
        return self.text


class Correction(models.Model):
    """A correction of a question of an open consultation: what it said before, what it says now, why. Public, append-only."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="corrections")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.question_id} {self.at:%Y-%m-%d}"
