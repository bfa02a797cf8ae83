"""`./rembuk check`: may this site be opened to the public?"""

from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command

from rembuk.ops import safety
from rembuk.ops.site_command import SiteCommand
from rembuk.runtime import env


class Command(SiteCommand):
    """Exit code 1 when a production site would not be started."""

    help = (
        "Tell what keeps this site from being opened to the public: secret, debug mode, hosts, durability of "
        "the database, rights of its role, migrations. Exit code 1 when production would be refused."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print warnings, then refusals; a demo is judged as if it were to be opened."""
        environment = env.load()
        call_command("check", stdout=StringIO())  # raises on an error
        findings = safety.inspect(environment)
        for sentence in findings.warnings:
            self.stdout.write(f"warning: {sentence}")
        for sentence in findings.refusals:
            self.stdout.write(f"refused: {sentence}")
        if not environment.is_production:
            self.stdout.write(
                f"This site is a {environment.kind} (REMBUK_ENV); production would be judged as above."
            )
        elif findings.refusals:
            raise CommandError("This site is not fit for the public.")
        else:
            self.stdout.write("This site is fit for the public.")
