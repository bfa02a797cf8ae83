"""App configuration of ``workunits``."""

from django.apps import AppConfig


class WorkunitsConfig(AppConfig):
    """The tree of work units."""

    name = "rembuk.workunits"
    label = "workunits"
    verbose_name = "Work units"
