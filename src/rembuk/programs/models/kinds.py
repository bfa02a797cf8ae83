"""Kinds of phases and templates of them, managed by the administrator."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from rembuk.programs.choices import Nature


class KindOfPhase(models.Model):
    """A kind of phase: its words, its question to the public (ya / ragu-ragu / tidak), what citizens can do in it.

    ``nature`` tells the system what the phase is for: milestones count in any, ratings are taken in evaluation.
    """

    code = models.SlugField(max_length=20, unique=True)
    nature = models.CharField(max_length=10, choices=Nature)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    question = models.CharField(max_length=200)
    question_en = models.CharField(max_length=200)
    takes_comments = models.BooleanField(default=True)
    takes_answers = models.BooleanField(default=True)
    takes_ratings = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name

    @property
    def asks(self) -> str:
        """The question in the reader's language."""
        return self.question_en if get_language() == "en" else self.question


class PhaseTemplate(models.Model):
    """An order of kinds of phases with which a programme begins; exactly one is the default."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="phasetemplate_one_default"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name


class TemplatePhase(models.Model):
    """One phase of a template; a kind may come twice (two stages of execution)."""

    template = models.ForeignKey(PhaseTemplate, on_delete=models.CASCADE, related_name="phases")
    kind = models.ForeignKey(KindOfPhase, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="templatephase_position")
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.position}"
