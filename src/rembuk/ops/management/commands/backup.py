"""`./rembuk backup`: database and uploads in one dated archive with checksums."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from rembuk.common import clock
from rembuk.ops.archive import reading, writing
from rembuk.ops.archive.manifest import BadArchive
from rembuk.ops.archive.postgres import PostgresFailed
from rembuk.ops.site_command import SiteCommand
from rembuk.runtime import env
from rembuk.runtime.binaries import NoServer


class Command(SiteCommand):
    """Works while the site is served."""

    help = (
        "Write database and uploads into one archive rembuk-DATE-TIME.tar, and read it back to prove its "
        "checksums. The secret key is not in it: keep that apart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and how many to keep."""
        parser.add_argument(
            "--to", type=Path, help="folder for the archive (default: backups/ under REMBUK_VAR)"
        )
        parser.add_argument(
            "--keep", type=int, help="delete older archives in that folder beyond this number"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, prove, and only then delete older ones."""
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep is a number from 1.")
        environment = env.load()
        folder = (options["to"] or environment.var / "backups").absolute()
        at = clock.now().astimezone(clock.WIB)
        try:
            path = writing.write_archive(environment.owner_url, environment.uploads_dir, folder, at)
            manifest = reading.verify(path)
        except (PostgresFailed, BadArchive, NoServer, OSError) as error:
            raise CommandError(f"No backup was made: {error}") from error
        size = path.stat().st_size / 1e6
        self.stdout.write(f"{path} ({size:.1f} MB, {len(manifest.sha256) - 1} uploads, checksums proven)")
        if options["keep"] is not None:
            for removed in writing.remove_older(folder, options["keep"]):
                self.stdout.write(f"removed {removed}")
