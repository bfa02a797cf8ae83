"""`./rembuk restore`: an archive put into an empty site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from rembuk.ops.archive import reading
from rembuk.ops.archive.manifest import BadArchive
from rembuk.ops.archive.postgres import PostgresFailed
from rembuk.ops.migrating import migrate
from rembuk.ops.site_command import SiteCommand
from rembuk.runtime import env
from rembuk.runtime.binaries import NoServer


class Command(SiteCommand):
    """Nothing is changed before the archive is proven and the site found empty."""

    help = (
        "Put an archive of ./rembuk backup into an empty site. Checksums are proven first; a site that holds "
        "people or uploads is refused; migrations of a newer version are applied. Stop web and worker first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which archive."""
        parser.add_argument("archive", type=Path, help="file written by ./rembuk backup")
        parser.add_argument(
            "--verify-only", action="store_true", help="prove the checksums and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prove, look, restore, migrate."""
        environment = env.load()
        try:
            manifest = reading.verify(options["archive"])
            self.stdout.write(f"The archive of {manifest.made_at} is whole ({len(manifest.sha256)} members).")
            if options["verify_only"]:
                return
            reading.require_empty(environment.owner_url, environment.uploads_dir)
            reading.restore_archive(options["archive"], environment.owner_url, environment.uploads_dir)
        except (BadArchive, reading.SiteNotEmpty, PostgresFailed, NoServer, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        migrate(verbosity=0)
        self.stdout.write("The site is restored.")
