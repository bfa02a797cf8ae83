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
