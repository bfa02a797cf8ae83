"""App configuration of ``programs``."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Work programmes."""

    name = "rembuk.programs"
    label = "programs"
    verbose_name = "Work programmes"

    def ready(self) -> None:
        """Register verbs, kinds of notices, and words for what the database refuses."""
        from rembuk.programs import verbs  # noqa: F401
        from rembuk.programs.actions.editing import limits  # noqa: F401
        from rembuk.programs.notices import kinds, reminders, voices  # noqa: F401
