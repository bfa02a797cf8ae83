"""`./rembuk seed`: reference data that every site needs, from files that come with the code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError

from rembuk.common.errors import Invalid
from rembuk.ops.scale import filling
from rembuk.ops.seeding import seed_reference
from rembuk.ops.site_command import SiteCommand
from rembuk.regions import loading
from rembuk.runtime import env


class Command(SiteCommand):
    """Safe to run again: what is there stays as it is."""

    help = (
        "Load reference data: 'reference' is roles, reasons, holidays (as migrate does); 'regions' is all "
        "38 provinces down to desa and kelurahan, from the file that comes with Rembuk, without a network. "
        "--scale N fills an empty site with made-up content for measuring: N times 1,000 proposals, 100 programmes, "
        "10 consultations with 300 submissions, 10,000 comments, 100,000 votes, 5,000 people, 50 units (at most 500)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to load."""
        parser.add_argument("what", choices=("reference", "regions"), nargs="?")
        parser.add_argument("--scale", type=float, metavar="N", help="fill an empty site for measuring")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how much."""
        if options["scale"] is not None:
            self._fill(options["scale"])
            return
        if not options["what"]:
            raise CommandError("Say what to load: reference, regions, or --scale N.")
        if options["what"] == "reference":
            seed_reference()
            self.stdout.write("Reference data is complete.")
            return
        loaded = loading.load()
        self.stdout.write(f"regions={loaded.listed} written={loaded.written}")

    def _fill(self, scale: float) -> None:
        if env.load().is_production:
            raise CommandError("Made-up content has no place on a production site (REMBUK_ENV).")
        if not 0 < scale <= 100:
            raise CommandError("The scale is above 0 and at most 100.")
        try:
            loader = filling.fill(scale, tell=self.stdout.write)
        except Invalid as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"rows={sum(loader.written.values())}")
