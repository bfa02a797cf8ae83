"""Closed lists of the programmes domain that are not states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nature(models.TextChoices):
    """What a kind of phase is for; its name is the administrator's."""

    PLANNING = "planning", _("Planning")
    EXECUTION = "execution", _("Execution")
    EVALUATION = "evaluation", _("Monitoring and evaluation")


class Extent(models.TextChoices):
    """How a proposal is taken up by a programme."""

    WHOLE = "whole", _("Fully")
    PART = "part", _("Partly")
    INPUT = "input", _("As input")


class DocumentClass(models.TextChoices):
    """Class of a document after UU 14/2008: excluded ones reach neither page, search nor export."""

    OPEN = "open", _("Open")
    EXCLUDED = "excluded", _("Excluded")


class Moment(models.TextChoices):
    """Whether a picture shows a place before or after the work."""

    BEFORE = "before", _("Before")
    AFTER = "after", _("After")


class Fund(models.TextChoices):
    """Where the money of a programme comes from."""

    APBN = "apbn", _("State budget (APBN)")
    APBD_PROVINCE = "apbd_prov", _("Provincial budget (APBD)")
    APBD = "apbd", _("Regency or city budget (APBD)")
    VILLAGE = "village", _("Village fund")
    GRANT = "grant", _("Grant")
    COMMUNITY = "community", _("Contribution of the community")
    OTHER = "other", _("Other")


class Level(models.TextChoices):
    """What an indicator measures."""

    INPUT = "input", _("Input")
    OUTPUT = "output", _("Output")
    OUTCOME = "outcome", _("Outcome")


class Direction(models.TextChoices):
    """Whether a higher or a lower value of an indicator is better."""

    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")


class Finished(models.TextChoices):
    """What a citizen says of a milestone that the office calls done."""

    YES = "yes", _("Yes, it is finished")
    PARTLY = "partly", _("Partly")
    NO = "no", _("Not yet")


class Survey(models.TextChoices):
    """How an evaluation round asks: the short rating, or the nine elements of the SKM."""

    SHORT = "short", _("Short rating")
    SKM = "skm", _("Public satisfaction survey (SKM)")


class Likeness(models.TextChoices):
    """Why proposals stand in one suggested group."""

    SAME = "same", _("The same wish at the same place")
    LIKE = "like", _("Wishes of one kind in one area")


# What is offered as the sentence to the author; staff put it into their own words.
DEFAULT_SENTENCES = {
    Extent.WHOLE: _(
        "Your proposal is taken up fully by this work programme. You can follow each phase and tell us "
        "what you think."
    ),
    Extent.PART: _(
        "Your proposal is taken up in part by this work programme. Its page says what will be done and "
        "what will not."
    ),
    Extent.INPUT: _(
        "Your proposal was input for this work programme: it shaped the plan without being carried out as "
        "it was written."
    ),
}
