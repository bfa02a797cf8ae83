"""`load_demo`: the demonstration's content and the accounts to try it with; called by `./rembuk demo`."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError

from rembuk.common.errors import Invalid
from rembuk.ops.demo import loading, post
from rembuk.ops.demo.cast import PASSWORD
from rembuk.ops.site_command import SiteCommand


class Command(SiteCommand):
    """Fills an empty database once; on a loaded demonstration it only prints the accounts."""

    help = (
        "Fill an empty database with the demonstration and print its accounts. Run again it only prints them; it "
        "refuses a database that holds anything else, and a site that is not a demonstration."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load where needed, and say who can sign in."""
        if not settings.DEMO:
            raise CommandError(
                "Only ./rembuk demo loads the demonstration: its password is known to everybody."
            )
        if not loading.is_loaded():
            self.stdout.write("Filling in the demonstration ...")
            try:
                loading.load()
            except Invalid as error:
                raise CommandError(str(error)) from error
            post.send_newest()
        self.stdout.write(self._accounts())

    def _accounts(self) -> str:
        rows = loading.accounts()
        width = max(len(row.role) for row in rows)
        lines = [f"  {row.role:<{width}}  {row.email}" for row in rows]
        return "\n".join(
            ["", "Akun demonstrasi (kata sandi / password untuk semua: " + PASSWORD + ")", *lines, ""]
        )
