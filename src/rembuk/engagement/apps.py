"""App configuration of ``engagement``."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Subjects, comments, votes, follows, reports, cases."""

    name = "rembuk.engagement"
    label = "engagement"
    verbose_name = "Engagement"
