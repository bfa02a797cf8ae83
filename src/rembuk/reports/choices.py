"""The parts of the reports that staff write, in the order in which they are read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvaluationPart(models.TextChoices):
    """Parts of the evaluation of a programme."""

    SUMMARY = "summary", _("Summary")
    RESULTS = "results", _("What was achieved")
    MONEY = "money", _("Money")
    TIME = "time", _("Time")
    VOICES = "voices", _("Voices of citizens")
    LESSONS = "lessons", _("Lessons")
    ADVICE = "advice", _("Recommendations")


class AccountabilityPart(models.TextChoices):
    """Parts of an accountability report."""

    SUMMARY = "summary", _("Summary")
    PROPOSALS = "proposals", _("Proposals received")
    ANSWERS = "answers", _("Answers and response times")
    PROGRAMS = "programs", _("Work programmes")
    MONEY = "money", _("Money")
    CONSULTATIONS = "consultations", _("Consultations")
    NEXT = "next", _("What we will do next")
