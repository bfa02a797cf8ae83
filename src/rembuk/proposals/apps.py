"""App configuration of ``proposals``."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """The model domain."""

    name = "rembuk.proposals"
    label = "proposals"
    verbose_name = "Proposals"

    def ready(self) -> None:
        """Register verbs and kinds of notices."""
        from rembuk.proposals import notices, verbs  # noqa: F401
