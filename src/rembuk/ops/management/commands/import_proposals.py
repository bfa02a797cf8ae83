"""`./rembuk import-proposals FILE`: proposals from a CSV or XLSX sheet, units first."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError

from rembuk.audit.actors import command_actor
from rembuk.common.errors import DomainError
from rembuk.common.text import safe_cell
from rembuk.management.actions.units.listing import load_units
from rembuk.ops.site_command import SiteCommand
from rembuk.proposals.actions.import_file import FileOutcome, destination, import_file
from rembuk.proposals.imports.layouts import LAYOUTS
from rembuk.workunits import selectors, tree
from rembuk.workunits.models import WorkUnit


class Command(SiteCommand):
    """Reads, writes what is good, puts bad rows into a file, and counts every row once."""

    help = (
        "Import proposals from a CSV (UTF-8) or XLSX file. New ones wait for moderation with a clock from now; a row "
        "with a parent (induk) becomes a later stage of the same proposal. Running it again changes nothing. The last "
        "line counts the rows; bad rows go to FILE.rejected.csv, remarks to FILE.remarks.csv."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, its layout, the units and where they hang."""
        parser.add_argument("file", type=Path, help="the sheet")
        parser.add_argument(
            "--layout", default="musrenbang", choices=sorted(LAYOUTS), help="what its columns mean"
        )
        parser.add_argument(
            "--units",
            type=Path,
            help="a sheet of work units (kode, nama, jenis_opd_id; or as exported by the staff pages), loaded first",
        )
        parser.add_argument(
            "--parent", metavar="CODE", help="the unit new units hang below and proposals lie with"
        )
        parser.add_argument("--out", type=Path, help="folder for the two reports (default: the current one)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load units, import, report."""
        by = command_actor("import-proposals")
        parent = self._parent(options["parent"])
        try:
            if options["units"]:
                units = load_units(options["units"], parent=parent, by=by)
                counts = f"created={units.created} updated={units.updated} unchanged={units.unchanged}"
                self.stdout.write(f"units: {counts} rejected={len(units.rejected)}")
            layout = LAYOUTS[options["layout"]]
            into = destination(layout, parent or self._instansi())
            outcome = import_file(options["file"], layout, into=into, by=by)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self._report(options["file"], options["out"] or Path.cwd(), outcome)
        self.stdout.write(outcome.line)

    def _parent(self, code: str | None) -> WorkUnit | None:
        if code is None:
            return None
        found = WorkUnit.objects.filter(code=code).select_related("region").first()
        if found is None:
            raise CommandError(f"There is no work unit with the code {code}.")
        return found

    def _instansi(self) -> WorkUnit:
        """The instansi; a site without any gets one to be renamed."""
        return selectors.root() or tree.plant(code="INSTANSI", name="Instansi", kind=WorkUnit.Kind.INSTANSI)

    def _report(self, file: Path, folder: Path, outcome: FileOutcome) -> None:
        for name, rows in (("rejected", outcome.rejected), ("remarks", outcome.remarks)):
            if not rows:
                continue
            path = folder / f"{file.stem}.{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as handle:
                writer = csv.writer(handle)
                writer.writerow(["row", "reason", *rows[0][0].cells])
                for row, reason in sorted(rows, key=lambda pair: pair[0].number):
                    writer.writerow([row.number, reason, *map(safe_cell, row.cells.values())])
            self.stdout.write(f"{name}: {len(rows)} in {path}")
