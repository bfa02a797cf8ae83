"""App configuration of notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Outbox, inbox and delivery."""

    name = "rembuk.notifications"
    label = "notifications"
