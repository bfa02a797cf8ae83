"""App configuration of ``web``."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "rembuk.web"
    label = "web"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Mark each session at the moment somebody is let in, by whatever way; name what can be exported."""
        from django.contrib.auth.signals import user_logged_in

        from rembuk.web.accounts.sessions import marks
        from rembuk.web.exports import catalogue  # noqa: F401

        user_logged_in.connect(marks.begin, dispatch_uid="rembuk.sessions")
