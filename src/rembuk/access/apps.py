"""App configuration of ``access``."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles and grants."""

    name = "rembuk.access"
    label = "access"
    verbose_name = "Access rights"
