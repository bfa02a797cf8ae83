"""`./rembuk seed`: reference data that every site needs, from files that come with the code."""

from argparse import ArgumentParser
from typing import Any

from rembuk.ops.seeding import seed_reference
from rembuk.ops.site_command import SiteCommand
from rembuk.regions import loading


class Command(SiteCommand):
    """Safe to run again: what is there stays as it is."""

    help = (
        "Load reference data: 'reference' is roles, reasons, holidays (as migrate does); 'regions' is all "
        "38 provinces down to desa and kelurahan, from the file that comes with Rembuk, without a network."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to load."""
        parser.add_argument("what", choices=("reference", "regions"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how much."""
        if options["what"] == "reference":
            seed_reference()
            self.stdout.write("Reference data is complete.")
            return
        loaded = loading.load()
        self.stdout.write(f"regions={loaded.listed} written={loaded.written}")
