"""`./rembuk migrate`: the database brought to the state of the code, as the owner."""

from typing import Any

from rembuk.ops.migrating import migrate
from rembuk.ops.site_command import SiteCommand


class Command(SiteCommand):
    """Safe to run again, and before the new code is served."""

    help = (
        "Apply migrations as the owner (REMBUK_OWNER_URL), grant the application's role its rights, "
        "and load reference data that is missing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, grant, seed."""
        migrate()
        self.stdout.write("The database is up to date.")
