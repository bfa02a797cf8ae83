"""App configuration of ``consultations``."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Uji publik."""

    name = "rembuk.consultations"
    label = "consultations"
    verbose_name = "Consultations"

    def ready(self) -> None:
        """Register verbs and kinds of notices, and what the morning letter tells of matrices."""
        from rembuk.consultations import notices, verbs  # noqa: F401
        from rembuk.consultations.matrix.work import loads_of
        from rembuk.proposals.daily import tell_also

        tell_also(loads_of)
