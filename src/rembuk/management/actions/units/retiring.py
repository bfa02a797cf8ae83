"""Retiring a work unit: what is open goes to its successor, roles in it end or are given on, its code leads there."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.audit.actors import SYSTEM
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.common.text import clean_line
from rembuk.management import rules, verbs
from rembuk.management.actions.rows import wrong
from rembuk.management.actions.units.handover import Handing, hand_over
from rembuk.management.actions.units.holders import lock_holders, settle_grants
from rembuk.management.actions.units.moving import hang
from rembuk.management.actions.units.shared import again, check_widening, note
from rembuk.management.facts import Succession
from rembuk.management.units.fate import is_loaded
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import carrying_on

_ALONE = Succession()


def retire_unit(
    unit: WorkUnit,
    succession: Succession = _ALONE,
    *,
    by: Person,
    reason: str,
    at: datetime | None = None,
) -> None:
    """Take a unit out of use. All or nothing: rows, public lines, grants and entries in the trail are one transaction.

    Raises:
        Denied: outside of one's units (the successor's too), and for the instansi.
        WrongState: when it is retired already, while active units hang below, or two reports are for one period.
        Invalid: without a successor while anything is open, with one that can't be it, with grants that one may not end
            or can't give there, or where people of the successor get rights over what is here that the actor lacks here.
    """
    with transaction.atomic():
        tree.lock()
        lock_holders([unit], instant(at))
        _retire(unit, succession, by, reason, at, uuid.uuid4().hex)


def retire_units(
    units: Sequence[WorkUnit],
    successor: WorkUnit | None,
    *,
    by: Person,
    reason: str,
    at: datetime | None = None,
) -> int:
    """Retire several, the deepest first, all with the same successor; their grants end. Returns how many.

    Raises:
        as ``retire_unit``, naming the unit; then none is retired.
    """
    mark = uuid.uuid4().hex
    with transaction.atomic():
        tree.lock()
        lock_holders(units, instant(at))
        for unit in sorted(units, key=lambda unit: unit.path, reverse=True):
            try:
                _retire(unit, Succession(successor=successor), by, reason, at, mark)
            except WrongState as refusal:
                raise WrongState(f"{unit.name}: {refusal}") from None
    return len(units)


def settle_retired(at: datetime | None = None) -> int:
    """Pass on what came back to a retired unit (a duplicate undone, a report reopened); returns how many things moved.

    For the clock. A unit whose work can't be passed on now is left for the next time.
    """
    moved, moment = 0, instant(at)
    for unit in WorkUnit.objects.filter(is_active=False, successor__isnull=False).order_by("pk"):
        successor = carrying_on(unit)
        if successor is None or not is_loaded(unit):
            continue
        act = Handing(
            source=unit,
            successor=successor,
            office=successor,
            by=SYSTEM,
            moment=moment,
            reason="",
            bulk=uuid.uuid4().hex,
        )
        try:
            with transaction.atomic():
                tree.lock()
                moved += hand_over(act)
        except WrongState:
            continue
    return moved


def _retire(
    unit: WorkUnit, succession: Succession, by: Person, reason: str, at: datetime | None, mark: str
) -> None:
    unit, moment = again(unit), instant(at)
    require(rules.may_retire_unit(by, unit))
    if not unit.is_active:
        raise WrongState(_("This work unit is retired already."))
    children = list(unit.children.filter(is_active=True).select_related("parent").order_by("path"))
    if children and not succession.takes_children:
        raise WrongState(_("There are work units in use below this one. Move or retire them first."))
    successor = _checked(unit, succession, by)
    if successor is not None:
        # What is open here, and the units below, come below the successor: as by a move of this unit.
        check_widening(unit, successor, by, field="successor", at=at)
        for child in children:
            require(rules.may_move_unit(by, child, successor))
            hang(child, successor, by=by, reason=reason, at=at, bulk=mark)
        office = (
            rights.office_for(by, izin.UNIT_MANAGE, unit)
            if rights.can(by, izin.UNIT_MANAGE, unit)
            else successor
        )
        act = Handing(
            source=unit,
            successor=successor,
            office=office,
            by=by,
            moment=moment,
            reason=clean_line(reason),
            bulk=mark,
        )
        hand_over(act)
    settle_grants(unit, successor, succession.give_on, by=by, moment=moment, reason=reason, bulk=mark)
    unit.is_active, unit.retired_at, unit.successor = False, moment, successor
    unit.save(update_fields=["is_active", "retired_at", "successor"])
    after = {"successor": successor.code} if successor else None
    note(verbs.UNIT_RETIRED, unit, by, at, after=after, reason=reason, bulk=mark)


def _checked(unit: WorkUnit, succession: Succession, by: Person) -> WorkUnit | None:
    """The successor as it is now."""
    if succession.successor is None:
        if is_loaded(unit):
            raise wrong(
                "successor", _("Something is still open here. Choose the work unit that carries it on.")
            )
        if succession.takes_children or succession.give_on:
            raise wrong("successor", _("Choose the work unit to which units below or roles go along."))
        return None
    successor = again(succession.successor)
    require(rules.may_manage_unit(by, successor))
    if not successor.is_active:
        raise wrong("successor", _("This work unit is retired."))
    if successor.path.startswith(unit.path):
        raise wrong(
            "successor", _("The successor can't be the unit itself, or hang below it. Move it first.")
        )
    return successor
