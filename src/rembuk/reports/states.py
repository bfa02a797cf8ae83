"""Where a report stands, and the only step there is: a published one is never taken back or changed."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """Where a report stands; a published one keeps its words and figures."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


@dataclass(frozen=True, slots=True)
class Step:
    """The step from a draft to the public. Who may is the report's own rule."""

    name: str
    source: ReportState
    target: ReportState


PUBLISH = Step("publish", ReportState.DRAFT, ReportState.PUBLISHED)
