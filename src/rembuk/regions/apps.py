"""App configuration of regions."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Regions of Indonesia."""

    name = "rembuk.regions"
    label = "regions"
