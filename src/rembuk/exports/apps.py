"""App configuration of ``exports``."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Files made of many rows."""

    name = "rembuk.exports"
    label = "exports"
    verbose_name = "Exports"

    def ready(self) -> None:
        """Register verbs and kinds of notices."""
        from rembuk.exports import notices, verbs  # noqa: F401
