"""App configuration of ``management``."""

from django.apps import AppConfig


class ManagementConfig(AppConfig):
    """Staff actions on managed things."""

    name = "rembuk.management"
    label = "management"
    verbose_name = "Management"

    def ready(self) -> None:
        """Register verbs and kinds of notices."""
        from rembuk.management import verbs  # noqa: F401
        from rembuk.management.desk import notices as of_desks  # noqa: F401
        from rembuk.management.desk import verbs as at_desks  # noqa: F401
        from rembuk.management.granting import notices  # noqa: F401
        from rembuk.management.lists import verbs as of_lists  # noqa: F401
        from rembuk.management.people import verbs as of_people  # noqa: F401
