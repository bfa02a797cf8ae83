"""App configuration of logbook."""

from django.apps import AppConfig


class LogbookConfig(AppConfig):
    """System log."""

    name = "rembuk.logbook"
    label = "logbook"
