"""Loading work units from a sheet: idempotent by code; an existing unit keeps its place in the tree."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.management import verbs
from rembuk.management.actions.units.shared import TAKEN
from rembuk.management.actions.units.sheet import import_units
from rembuk.management.units.records import read_records
from rembuk.proposals.imports import sheets
from rembuk.proposals.imports.units import UnitRecord, read_unit
from rembuk.workunits import tree
from rembuk.workunits.models import FormerCode, WorkUnit


@dataclass(slots=True)
class UnitOutcome:
    """Counts of a sheet of units; ``rejected`` holds (row number, reason)."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def load_units(
    path: Path, *, parent: WorkUnit | None, by: Person | Actor, at: datetime | None = None
) -> UnitOutcome:
    """Create or rename the units of a sheet, new ones directly below ``parent`` (flat where there is none).

    A sheet with a column ``code`` is one of whole units, as the staff pages export it: then all rows go in, or none.

    Raises:
        Invalid: when the file can't be read.
    """
    rows = list(sheets.read(path))
    if rows and "code" in rows[0].cells:
        return _load_whole(path, parent, by, at)
    outcome, seen = UnitOutcome(), set[str]()
    known = {unit.code: unit for unit in WorkUnit.objects.all()}
    former = set(FormerCode.objects.values_list("code", flat=True))
    for row in rows:
        record = read_unit(row)
        if record is None:
            outcome.rejected.append((row.number, _("Code or name is missing.")))
        elif record.code in seen:
            outcome.rejected.append(
                (row.number, _("The code %(code)s stands in the file twice.") % {"code": record.code})
            )
        elif record.code in former:
            outcome.rejected.append((row.number, str(TAKEN)))
        else:
            seen.add(record.code)
            _keep(record, known.get(record.code), parent, by, outcome)
    return outcome


def _load_whole(path: Path, parent: WorkUnit | None, by: Person | Actor, at: datetime | None) -> UnitOutcome:
    plan = import_units(read_records(path), by=by, reason="", default_parent=parent, at=at)
    if plan.problems:
        return UnitOutcome(rejected=plan.problems)
    touched = sum(1 for step in plan.steps if step.does_anything)
    created = len(plan.made())
    return UnitOutcome(created=created, updated=touched - created, unchanged=plan.unchanged)


def _keep(
    record: UnitRecord,
    known: WorkUnit | None,
    parent: WorkUnit | None,
    by: Person | Actor,
    outcome: UnitOutcome,
) -> None:
    if known is None:
        unit = tree.plant(code=record.code, name=record.name, kind=record.kind, parent=parent)
        outcome.created += 1
        _note(verbs.UNIT_CREATED, unit, by, None)
    elif known.name != record.name:
        before = {"name": known.name}
        known.name = record.name
        known.save(update_fields=["name"])
        outcome.updated += 1
        _note(verbs.UNIT_CHANGED, known, by, before)
    else:
        outcome.unchanged += 1


def _note(verb: object, unit: WorkUnit, by: Person | Actor, before: dict[str, str] | None) -> None:
    audit.record(
        str(verb),
        by=actor_of(by),
        target=audit.Target(kind="workunit", key=unit.code, unit_id=unit.pk, unit_path=unit.path),
        before=before,
        after={"name": unit.name, "kind": unit.kind},
    )
