"""App configuration of ``web``."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "rembuk.web"
    label = "web"
    verbose_name = "Pages"
