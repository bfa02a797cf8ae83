"""App configuration of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored uploads."""

    name = "rembuk.files"
    label = "files"

    def ready(self) -> None:
        """Register this app's audit verbs."""
        from . import verbs  # noqa: F401
