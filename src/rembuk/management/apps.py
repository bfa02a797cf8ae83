"""App configuration of ``management``."""

from django.apps import AppConfig


class ManagementConfig(AppConfig):
    """Staff actions on managed things."""

    name = "rembuk.management"
    label = "management"
    verbose_name = "Management"

    def ready(self) -> None:
        """Register verbs."""
        from rembuk.management import verbs  # noqa: F401
