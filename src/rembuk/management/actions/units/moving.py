"""Moving work units with all below them, one or several under one parent, in one transaction."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.audit.actors import Actor
from rembuk.common.errors import WrongState, require
from rembuk.management import rules, verbs
from rembuk.management.actions.rows import told
from rembuk.management.actions.units.shared import again, check_place, check_widening, note
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit


def move_unit(
    unit: WorkUnit, parent: WorkUnit, *, by: Person, reason: str, at: datetime | None = None
) -> WorkUnit:
    """Hang a unit with all below it under another; rights held above the old place no longer reach it.

    Raises:
        Denied: when the unit, the old or the new place lies outside. Invalid: below itself, too deep, or where
            somebody would get rights over the unit that the actor lacks there, or the actor herself any.
        WrongState: below a retired unit, or when it hangs there already.
    """
    with transaction.atomic():
        tree.lock()
        unit, parent = again(unit), again(parent)
        check_move(unit, parent, by, at)
        hang(unit, parent, by=by, reason=reason, at=at)
    return unit


def check_move(unit: WorkUnit, parent: WorkUnit, by: Person, at: datetime | None = None) -> None:
    """Refuse what ``move_unit`` would refuse; nothing is written.

    Raises:
        as ``move_unit``.
    """
    require(rules.may_move_unit(by, unit, parent))
    if unit.parent_id == parent.pk:
        raise WrongState(_("The work unit hangs there already."))
    check_place(unit, parent)
    check_widening(unit, parent, by, at=at)


def move_units(
    units: Sequence[WorkUnit], parent: WorkUnit, *, by: Person, reason: str, at: datetime | None = None
) -> int:
    """Hang several units with all below them under one; those that hang there already stay. Returns how many moved.

    Raises:
        as ``move_unit``, and then none has moved. Invalid: where one of them lies below another.
    """
    mark, moved = uuid.uuid4().hex, 0
    with transaction.atomic():
        tree.lock()
        parent = again(parent)
        for key in sorted(units, key=lambda unit: unit.path):
            # Read after the one before it moved: it may have hung below that one.
            unit = again(key)
            require(rules.may_move_unit(by, unit, parent))
            if unit.parent_id != parent.pk:
                check_widening(unit, parent, by, at=at)
                hang(unit, parent, by=by, reason=reason, at=at, bulk=mark)
                moved += 1
    return moved


def hang(
    unit: WorkUnit,
    parent: WorkUnit,
    *,
    by: Person | Actor,
    reason: str,
    at: datetime | None = None,
    bulk: str = "",
) -> None:
    """Move a unit whose place was allowed, with its entry in the trail. The caller holds the lock of the tree.

    Raises:
        Invalid: below itself, or too deep. WrongState: below a retired unit.
    """
    check_place(unit, parent)
    before = {"parent": told(unit.parent), "path": unit.path}
    tree.move(unit, parent)
    after = {"parent": parent.code, "path": unit.path}
    note(verbs.UNIT_MOVED, unit, by, at, before=before, after=after, reason=reason, bulk=bulk)
