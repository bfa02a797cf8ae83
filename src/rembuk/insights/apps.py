"""App configuration of ``insights``."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Readers across domains."""

    name = "rembuk.insights"
    label = "insights"
    verbose_name = "Insights"
