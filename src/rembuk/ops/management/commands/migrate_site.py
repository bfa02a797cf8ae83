"""`./rembuk migrate`: the database brought to the state of the code, as the owner."""

from typing import Any

from django.conf import settings

from rembuk.ops.migrating import migrate
from rembuk.ops.site_command import SiteCommand
from rembuk.siteconfig.seeding import require_second_factor


class Command(SiteCommand):
    """Safe to run again, and before the new code is served."""

    help = (
        "Apply migrations as the owner (REMBUK_OWNER_URL), grant the application's role its rights, "
        "and load reference data that is missing. A new site asks a second factor of its staff."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, grant, seed."""
        migrate()
        if not settings.DEMO and require_second_factor():
            self.stdout.write(
                "Staff now need a second factor to sign in, after some days to set it up (settings)."
            )
        self.stdout.write("The database is up to date.")
