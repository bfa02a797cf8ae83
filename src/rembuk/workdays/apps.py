"""App configuration of workdays."""

from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    """Holidays and working days."""

    name = "rembuk.workdays"
    label = "workdays"

    def ready(self) -> None:
        """Register this app's audit verbs."""
        from . import verbs  # noqa: F401
