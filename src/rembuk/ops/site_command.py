"""The common face of the operator's commands: short help without Django's own options."""

from django.core.management.base import BaseCommand


class SiteCommand(BaseCommand):
    """A command run as `./rembuk name`; errors are one sentence, exit code 1."""

    suppressed_base_arguments = {
        "--version",
        "-v",
        "--settings",
        "--pythonpath",
        "--no-color",
        "--force-color",
        "--skip-checks",
    }
    requires_system_checks: list[str] = []
