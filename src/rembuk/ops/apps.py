"""App configuration of ``ops``."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Commands."""

    name = "rembuk.ops"
    label = "ops"
    verbose_name = "Operations"
