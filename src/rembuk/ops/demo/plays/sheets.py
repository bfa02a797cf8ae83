"""The planning sheet of the demonstration: musrenbang records with their later stages, as an import takes them."""

from collections.abc import Sequence
from datetime import datetime

from rembuk.audit.actors import Actor
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.world import World
from rembuk.proposals.actions.import_file import destination, import_reading
from rembuk.proposals.imports.layouts import MUSRENBANG
from rembuk.proposals.imports.reading import Reading
from rembuk.proposals.imports.sheets import SheetRow
from rembuk.proposals.models import Proposal
from rembuk.workunits.models import WorkUnit


def import_records(world: World, rows: Sequence[Entry], unit: WorkUnit, *, by: Actor, at: datetime) -> None:
    """Import the rows; each proposal gets the key ``musrenbang-NUMBER``."""
    reading = Reading()
    for number, row in enumerate(rows, start=2):
        cells = {name: str(value) for name, value in row.items() if name != "ago"}
        cells["tanggal"] = world.calendar.day(row["ago"]).isoformat()
        record = MUSRENBANG.read(SheetRow(number, cells))
        reading.records[record.number] = record
        reading.rows[number] = SheetRow(number, cells)
    outcome = import_reading(reading, into=destination(MUSRENBANG, unit), by=by, at=at)
    if outcome.rejected or outcome.remarks:
        raise ValueError([*outcome.rejected, *outcome.remarks])
    found = Proposal.objects.filter(import_layout=MUSRENBANG.name).values_list("import_number", "pk")
    world.proposals |= {f"musrenbang-{number}": pk for number, pk in found}
