"""App configuration of notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Outbox, inbox and delivery."""

    name = "rembuk.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register this app's audit verbs."""
        from . import verbs  # noqa: F401
