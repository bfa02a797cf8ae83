"""Bringing a sheet of units in: all rows or none, idempotent; and the note that somebody took the tree out."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState
from rembuk.common.text import clean_line
from rembuk.management import verbs
from rembuk.management.actions.rows import told
from rembuk.management.actions.units.holders import lock_holders, settle_grants
from rembuk.management.actions.units.moving import hang
from rembuk.management.actions.units.shared import CHANGED_MEANWHILE, again, note, target_of
from rembuk.management.units.judging import Judge
from rembuk.management.units.planning import Plan, Step, plan_of
from rembuk.management.units.records import Record
from rembuk.management.units.verbs import EXPORTED, IMPORTED
from rembuk.regions.models import Region
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit


def rehearse(
    records: Sequence[Record], *, by: Person | Actor, default_parent: WorkUnit | None = None
) -> Plan:
    """What the sheet would do now; nothing is written."""
    return plan_of(records, judge=Judge(by), default_parent=default_parent)


def import_units(
    records: Sequence[Record],
    *,
    by: Person | Actor,
    reason: str,
    mark: str = "",
    default_parent: WorkUnit | None = None,
    at: datetime | None = None,
) -> Plan:
    """Do what the sheet says, if nothing in it is wrong; the plan tells what was done, or what is wrong.

    Raises:
        WrongState: when ``mark`` is that of another plan: the tree changed since it was shown.
    """
    with transaction.atomic():
        tree.lock()
        ending = [record.code for record in records if record.is_active is False]
        lock_holders(list(WorkUnit.objects.filter(code__in=ending, is_active=True)), instant(at))
        plan = rehearse(records, by=by, default_parent=default_parent)
        if mark and mark != plan.mark:
            raise WrongState(CHANGED_MEANWHILE)
        if plan.problems:
            return plan
        _Work(plan, by, clean_line(reason), at).do()
    return plan


@transaction.atomic
def note_export(units: Sequence[WorkUnit], *, by: Person, form: str) -> None:
    """Record that somebody took so many units out as a file."""
    target = audit.Target("export", "workunits")
    audit.record(EXPORTED, by=actor_of(by), target=target, after={"count": len(units), "form": form})


class _Work:
    """Writing a plan that has no problems: from the top down, what is retired last."""

    def __init__(self, plan: Plan, by: Person | Actor, reason: str, at: datetime | None) -> None:
        self.plan, self.by, self.reason = plan, by, reason
        self.at, self.moment, self.bulk = at, instant(at), uuid.uuid4().hex

    def do(self) -> None:
        """All of it."""
        plan = self.plan
        for step in plan.restored():
            self._set_active(step, is_active=True)
        self._make(plan.made())
        for step in plan.moved():
            hang(self._unit(step.record.code), self._unit(step.parent_code), **self._how())
        for step in plan.changed():
            self._change(step)
        for step in plan.retired():
            self._set_active(step, is_active=False)
        counts = {
            "created": len(plan.made()),
            "changed": len(plan.changed()),
            "moved": len(plan.moved()),
            "retired": len(plan.retired()),
            "restored": len(plan.restored()),
            "unchanged": plan.unchanged,
        }
        if any(row.does_anything for row in plan.steps):
            target = audit.Target("import", "workunits")
            audit.record(
                IMPORTED,
                by=actor_of(self.by),
                target=target,
                after=counts,
                reason=self.reason,
                bulk=self.bulk,
                at=self.at,
            )

    def _how(self) -> dict[str, Any]:
        return {"by": self.by, "reason": self.reason, "at": self.at, "bulk": self.bulk}

    def _unit(self, code: str) -> WorkUnit:
        return again(WorkUnit.objects.only("pk").get(code=code))

    def _make(self, steps: Iterable[Step]) -> None:
        rows = [(self._fields(step), step.parent_code) for step in steps]
        made = tree.plant_many(rows)
        entries = [
            (
                verbs.UNIT_CREATED,
                target_of(unit),
                {"code": unit.code, "name": unit.name, "kind": unit.kind, "parent": parent},
            )
            for unit, (_fields, parent) in zip(made, rows, strict=True)
        ]
        audit.record_many(entries, by=actor_of(self.by), at=self.moment, bulk=self.bulk, reason=self.reason)

    def _fields(self, step: Step) -> dict[str, Any]:
        record = step.record
        region = Region.objects.filter(code=record.region_code).first() if record.region_code else None
        retired = {"is_active": False, "retired_at": self.moment} if record.is_active is False else {}
        return {"code": record.code, "kind": record.kind, "region": region, **record.texts, **retired}

    def _change(self, step: Step) -> None:
        assert step.unit is not None
        unit = again(step.unit)
        for name, (_before, value) in step.changes.items():
            setattr(unit, name, value)
        unit.save(update_fields=list(step.changes))
        before = {name: pair[0] for name, pair in step.changes.items()}
        after = {name: told(pair[1]) for name, pair in step.changes.items()}
        note(
            verbs.UNIT_CHANGED,
            unit,
            self.by,
            self.at,
            before=before,
            after=after,
            reason=self.reason,
            bulk=self.bulk,
        )

    def _set_active(self, step: Step, *, is_active: bool) -> None:
        assert step.unit is not None
        unit = again(step.unit)
        unit.is_active, unit.successor = is_active, None
        unit.retired_at = None if is_active else self.moment
        unit.save(update_fields=["is_active", "retired_at", "successor"])
        if not is_active:
            settle_grants(unit, None, (), by=self.by, moment=self.moment, reason=self.reason, bulk=self.bulk)
        verb = verbs.UNIT_RESTORED if is_active else verbs.UNIT_RETIRED
        note(verb, unit, self.by, self.at, reason=self.reason, bulk=self.bulk)
