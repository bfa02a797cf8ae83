"""Kinds of phases: what citizens can do in one, and its question."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class PhaseKind(models.TextChoices):
    """The phases every programme has by default."""

    PLANNING = "planning", _("Planning")
    EXECUTION = "execution", _("Execution")
    EVALUATION = "evaluation", _("Monitoring and evaluation")


class Nature(models.TextChoices):
    """What a kind of phase is for."""

    PLANNING = "planning", _("Planning")
    EXECUTION = "execution", _("Execution")
    EVALUATION = "evaluation", _("Monitoring and evaluation")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the public can do in a phase and the question it is asked (ya / ragu-ragu / tidak)."""

    question: Promise
    takes_comments: bool = True
    takes_answers: bool = True


CAPABILITIES: dict[str, Capabilities] = {
    PhaseKind.PLANNING: Capabilities(_("Does this plan answer your needs?")),
    PhaseKind.EXECUTION: Capabilities(_("Is the work going well where you live?")),
    PhaseKind.EVALUATION: Capabilities(_("Are the results useful to you?")),
}
DEFAULT_KINDS = (PhaseKind.PLANNING, PhaseKind.EXECUTION, PhaseKind.EVALUATION)
