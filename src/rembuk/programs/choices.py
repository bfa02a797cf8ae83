"""Closed lists of the programmes domain that are not states."""

import re

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


class NomenclatureLevel(models.TextChoices):
    """What a code of the nomenclature names."""

    PROGRAM = "program", _("Program of the nomenclature")
    ACTIVITY = "kegiatan", _("Kegiatan")
    SUB_ACTIVITY = "sub_kegiatan", _("Sub kegiatan")


# Permendagri 90/2019, as updated by Kepmendagri 050-5889/2021 and 900.1.15.5-1317/2023: a code names an urusan, its
# bidang and a program (1.03.10), below it a kegiatan (1.03.10.2.01), below that a sub kegiatan (1.03.10.2.01.05, since
# the updates with four digits: 1.03.10.2.01.0005). What stands for every urusan is written X.XX.
# The database holds the same expression (program_nomenclature_is_a_code).
NOMENCLATURE = r"^([1-9]\.[0-9]{2}|X\.XX)\.[0-9]{2}(\.[0-9]\.[0-9]{2}(\.[0-9]{2}|\.[0-9]{4})?)?$"
_NOMENCLATURE_LEVELS = {
    3: NomenclatureLevel.PROGRAM,
    5: NomenclatureLevel.ACTIVITY,
    6: NomenclatureLevel.SUB_ACTIVITY,
}


def is_nomenclature(text: str) -> bool:
    """Whether this is a code of the nomenclature, as the regulation writes it."""
    return re.fullmatch(NOMENCLATURE, text) is not None


def level_of(nomenclature: str) -> NomenclatureLevel:
    """What a well-formed code names, told by the number of its groups."""
    return _NOMENCLATURE_LEVELS[nomenclature.count(".") + 1]


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
