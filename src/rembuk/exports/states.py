"""Where an export stands, and why one failed."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where an export stands. It moves from above to below and never back, but for a job that starts again."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    READY = "ready", pgettext_lazy("file", "Ready")
    FAILED = "failed", pgettext_lazy("file", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("file", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("file", "Removed")


UNFINISHED: Final = (State.QUEUED, State.RUNNING)


class Form(models.TextChoices):
    """Which kind of file."""

    XLSX = "xlsx", _("Spreadsheet (XLSX)")
    CSV = "csv", _("Text table (CSV)")


class Problem(models.TextChoices):
    """Why an export failed, in words for whoever asked."""

    DENIED = "denied", _("Your rights did not cover these rows any more when the file was written.")
    UNREADABLE = (
        "unreadable",
        _(
            "One of the filters can't be read any more, so that nothing was written. Set the filters and ask again."
        ),
    )
    TOO_LONG = (
        "too_long",
        _("A spreadsheet holds 1,048,575 rows; there are more. Ask for CSV, or narrow the filters."),
    )
    BROKEN = "broken", _("Something went wrong while the file was written. Ask for it again.")
