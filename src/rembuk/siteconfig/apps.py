"""App configuration of siteconfig."""

from django.apps import AppConfig


class SiteconfigConfig(AppConfig):
    """Settings and information pages."""

    name = "rembuk.siteconfig"
    label = "siteconfig"

    def ready(self) -> None:
        """Register this app's audit verbs."""
        from . import verbs  # noqa: F401
