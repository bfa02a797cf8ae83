"""App configuration of ``consultations``."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Uji publik."""

    name = "rembuk.consultations"
    label = "consultations"
    verbose_name = "Consultations"

    def ready(self) -> None:
        """Register verbs and kinds of notices."""
        from rembuk.consultations import notices, verbs  # noqa: F401
