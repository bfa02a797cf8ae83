"""App configuration of keeping."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Values made once a minute for all processes."""

    name = "rembuk.keeping"
    label = "keeping"
