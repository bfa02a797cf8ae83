"""One part of `./rembuk bench`, inside a site: started by it as `./rembuk manage bench PART`, answers in lines of JSON."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from rembuk.engagement.actions.recount import find_drift
from rembuk.ops.bench.inside import pages, people
from rembuk.ops.site_command import SiteCommand
from rembuk.runtime import env


class Command(SiteCommand):
    """Measures pages, prepares voters, folds their votes, or looks for drift."""

    help = "A part of ./rembuk bench, which starts it in sites of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which part, and how much of it."""
        parser.add_argument("part", choices=("pages", "voters", "fold", "drift"))
        parser.add_argument("--all", type=int, default=0)
        parser.add_argument("--sessions", type=int, default=1)
        parser.add_argument("--folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found, on one line; pages are measured as told on standard input."""
        if env.load().is_production:
            raise CommandError("People are signed in and votes are cast here: not on a production site.")
        if options["part"] == "pages":
            for line in pages.measure(sys.stdin, are_all=bool(options["all"])):
                self.stdout.write(line)
                self.stdout.flush()
            return
        self.stdout.write(json.dumps(self._find(options)))

    def _find(self, options: dict[str, Any]) -> object:
        if options["part"] == "voters":
            return people.cast(options["folder"], options["sessions"])
        if options["part"] == "fold":
            return people.fold()
        return [[drift.ballot_id, drift.choice, drift.counted, drift.shown] for drift in find_drift()]
