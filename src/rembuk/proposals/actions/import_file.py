"""Importing a whole file: read, sort out stages, write proposals, then their later stages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from rembuk.accounts.models import Person
from rembuk.audit.actors import Actor
from rembuk.proposals.actions.import_fields import Into, Outcome
from rembuk.proposals.actions.importing import import_proposals, import_stages
from rembuk.proposals.imports import chains
from rembuk.proposals.imports.categories import CategoryFinder
from rembuk.proposals.imports.layouts import Layout
from rembuk.proposals.imports.places import PlaceFinder
from rembuk.proposals.imports.reading import Reading, read_file
from rembuk.proposals.imports.records import Record
from rembuk.proposals.imports.sheets import SheetRow
from rembuk.proposals.imports.units import UnitFinder
from rembuk.proposals.models import Proposal, StageEntry
from rembuk.workunits import selectors as workunits
from rembuk.workunits.models import WorkUnit


@dataclass(slots=True)
class FileOutcome:
    """What became of each data row: created + updated + unchanged + rejected are all of them."""

    total: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[tuple[SheetRow, str]] = field(default_factory=list)
    remarks: list[tuple[SheetRow, str]] = field(default_factory=list)

    def add(self, part: Outcome, rows: Mapping[int, SheetRow]) -> None:
        """Add the counts of a part of the file."""
        self.created += part.created
        self.updated += part.updated
        self.unchanged += part.unchanged
        self.rejected += [(rows[record.row], reason) for record, reason in part.refused]
        self.remarks += [(rows[record.row], words) for record, words in part.remarks]

    @property
    def counts(self) -> dict[str, int]:
        """The four counts by name."""
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
        }

    @property
    def line(self) -> str:
        """The last line of the command."""
        return " ".join(f"{name}={count}" for name, count in self.counts.items())


def destination(layout: Layout, unit: WorkUnit, *, origin: WorkUnit | None = None) -> Into:
    """Everything an import looks up: all units of the site, regions of the instansi's regency, categories."""
    root = workunits.ancestors(unit).select_related("region").first() or unit
    region = (unit.region or root.region) if (unit.region_id or root.region_id) else None
    return Into(
        layout=layout.name,
        unit=unit,
        origin=origin,
        places=PlaceFinder(".".join(region.code.split(".")[:2]) if region else ""),
        units=UnitFinder(list(WorkUnit.objects.filter(is_active=True))),
        categories=CategoryFinder(may_plant=origin is None),
    )


def import_file(
    path: Path, layout: Layout, *, into: Into, by: Person | Actor, at: datetime | None = None
) -> FileOutcome:
    """Read a file and write what it says; every data row is counted once.

    Raises:
        Invalid: when the file can't be read or lacks columns; nothing is written then.
    """
    return import_reading(read_file(path, layout), into=into, by=by, at=at)


def import_reading(
    reading: Reading, *, into: Into, by: Person | Actor, at: datetime | None = None
) -> FileOutcome:
    """As ``import_file`` for a file that was read already."""
    refused = {row.get("nomor") for row, _reason in reading.bad}
    sorted_out = chains.sort_out(reading.records, _known_roots(into.layout, reading.records), refused)
    outcome = FileOutcome(total=reading.total, rejected=list(reading.bad))
    outcome.add(Outcome(refused=sorted_out.refused, remarks=sorted_out.remarks), reading.rows)
    outcome.add(import_proposals(sorted_out.roots, into=into, by=by, at=at), reading.rows)
    into.categories.put_in_order()
    outcome.add(import_stages(sorted_out.stages, into=into, by=by, at=at), reading.rows)
    return outcome


def rehearse_import(
    reading: Reading, *, into: Into, by: Person | Actor, at: datetime | None = None
) -> FileOutcome:
    """What ``import_reading`` would make of each row now. Everything is rolled back; nothing stays written."""
    with transaction.atomic():
        outcome = import_reading(reading, into=into, by=by, at=at)
        transaction.set_rollback(True)
    return outcome


def scope_of(unit: WorkUnit) -> str:
    """What stands before the numbers of an office's own sheet, so that no office changes another's entries."""
    return f"{unit.pk}/"


def _known_roots(layout: str, records: Mapping[str, Record]) -> dict[str, str]:
    """Numbers in the site that a record names as parent, with the number of their root proposal."""
    parents = {record.parent for record in records.values() if record.parent}
    own = Proposal.objects.filter(import_layout=layout, import_number__in=parents)
    stages = StageEntry.objects.filter(layout=layout, number__in=parents | set(records))
    roots = {number: number for number in own.values_list("import_number", flat=True)}
    roots.update(stages.values_list("number", "proposal__import_number"))
    return roots
