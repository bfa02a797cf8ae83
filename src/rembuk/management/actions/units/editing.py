"""Making a work unit, saying other things of it, putting a retired one back into use."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.management import rules, verbs
from rembuk.management.actions.rows import apply, wrong
from rembuk.management.actions.units.shared import RETIRED_ABOVE, again, check_code, note
from rembuk.management.facts import UnitFacts
from rembuk.workunits import tree
from rembuk.workunits.models import FormerCode, WorkUnit


def create_unit(facts: UnitFacts, *, parent: WorkUnit, by: Person, at: datetime | None = None) -> WorkUnit:
    """Make a unit below another.

    Raises:
        Denied: outside of one's units. Invalid: for a code that is or was another unit's, or a second instansi.
        WrongState: below a retired unit.
    """
    require(rules.may_manage_unit(by, parent))
    with transaction.atomic():
        tree.lock()
        parent = again(parent)
        require(rules.may_manage_unit(by, parent))
        if not parent.is_active:
            raise WrongState(RETIRED_ABOVE)
        _check_kind(None, facts)
        check_code(facts.code)
        made = tree.plant(**facts.values(), parent=parent)
        after = {"code": made.code, "name": made.name, "kind": made.kind, "parent": parent.code}
        note(verbs.UNIT_CREATED, made, by, at, after=after)
    return made


def change_unit(unit: WorkUnit, facts: UnitFacts, *, by: Person, at: datetime | None = None) -> WorkUnit:
    """Save what differs; writes nothing when nothing does. Addresses with a code it had lead on to the unit.

    Raises:
        Denied: outside of one's units.
        Invalid: for a code that is or was another unit's, or a kind that only the top may have.
    """
    require(rules.may_manage_unit(by, unit))
    with transaction.atomic():
        tree.lock()
        unit = again(unit)
        require(rules.may_manage_unit(by, unit))
        _check_kind(unit, facts)
        old = unit.code
        before, after = apply(unit, facts.values())
        if before:
            if "code" in after:
                check_code(unit.code, unit)
                _keep_former(unit, old, instant(at))
            unit.save(update_fields=list(after))
            note(verbs.UNIT_CHANGED, unit, by, at, before=before, after=after)
    return unit


def restore_unit(unit: WorkUnit, *, by: Person, reason: str, at: datetime | None = None) -> None:
    """Put a retired unit back into use; what its successor got stays there, and its code leads to itself again.

    Raises:
        Denied: outside of one's units. WrongState: when it is in use, or hangs below a retired one.
    """
    with transaction.atomic():
        tree.lock()
        unit = again(unit)
        require(rules.may_retire_unit(by, unit))
        if unit.is_active:
            raise WrongState(_("This work unit is in use already."))
        if unit.parent and not unit.parent.is_active:
            raise WrongState(_("The work unit above it is retired. Put that one back into use first."))
        before = {"successor": unit.successor.code} if unit.successor else None
        unit.is_active, unit.retired_at, unit.successor = True, None, None
        unit.save(update_fields=["is_active", "retired_at", "successor"])
        note(verbs.UNIT_RESTORED, unit, by, at, before=before, reason=reason)


def _check_kind(unit: WorkUnit | None, facts: UnitFacts) -> None:
    is_top = unit is not None and rules.is_instansi(unit)
    if (facts.kind == WorkUnit.Kind.INSTANSI) != is_top:
        raise wrong("kind", _("The instansi itself, and it alone, stands at the top of the tree."))


def _keep_former(unit: WorkUnit, old: str, moment: datetime) -> None:
    FormerCode.objects.filter(code=unit.code, unit=unit).delete()
    FormerCode.objects.create(code=old, unit=unit, since=moment)
