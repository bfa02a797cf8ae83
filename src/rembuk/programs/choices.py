"""Closed lists of the programmes domain that are not states."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Extent(models.TextChoices):
    """How a proposal is taken up by a programme."""

    WHOLE = "whole", _("Fully")
    PART = "part", _("Partly")
    INPUT = "input", _("As input")


class DocumentClass(models.TextChoices):
    """Class of a document after UU 14/2008: excluded ones reach neither page, search nor export."""

    OPEN = "open", _("Open")
    EXCLUDED = "excluded", _("Excluded")


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
