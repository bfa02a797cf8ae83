"""App configuration of ``reports``."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Evaluation and accountability reports."""

    name = "rembuk.reports"
    label = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Register verbs and kinds of notices."""
        from rembuk.reports import notices, verbs  # noqa: F401
