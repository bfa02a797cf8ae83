"""App configuration of ``engagement``."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Subjects, comments, votes, follows, reports, cases."""

    name = "rembuk.engagement"
    label = "engagement"
    verbose_name = "Engagement"

    def ready(self) -> None:
        """Register verbs and kinds of notices."""
        from rembuk.engagement import notices, verbs  # noqa: F401
