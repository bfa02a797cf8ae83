"""App configuration of audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit trail."""

    name = "rembuk.audit"
    label = "audit"

    def ready(self) -> None:
        """Register this app's audit verbs."""
        from . import verbs  # noqa: F401
