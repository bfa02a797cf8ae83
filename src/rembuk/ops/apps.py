"""App configuration of ``ops``."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Commands."""

    name = "rembuk.ops"
    label = "ops"
    verbose_name = "Operations"

    def ready(self) -> None:
        """Register the deeds of the operator."""
        from rembuk.ops import verbs  # noqa: F401
