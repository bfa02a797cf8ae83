"""App configuration of ``taxonomy``."""

from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    """Managed lists."""

    name = "rembuk.taxonomy"
    label = "taxonomy"
    verbose_name = "Managed lists"
