"""The tree of work units: making, editing, moving with all below, retiring. Sheets of units: ``unit_sheet``."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.errors import WrongState, require
from rembuk.management import rules, verbs
from rembuk.management.actions.rows import apply, told, unique, wrong
from rembuk.management.facts import UnitFacts
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit


def create_unit(facts: UnitFacts, *, parent: WorkUnit, by: Person, at: datetime | None = None) -> WorkUnit:
    """Make a unit below another.

    Raises:
        Denied: outside of one's units. Invalid: for a code that is taken, or a second instansi.
        WrongState: below a retired unit.
    """
    require(rules.may_manage_unit(by, parent))
    with transaction.atomic():
        tree.lock()
        parent = _again(parent)
        if not parent.is_active:
            raise WrongState(_("This work unit is retired: nothing new can hang below it."))
        _check_kind(None, facts)
        with unique("code", _("Another work unit has this code.")):
            made = tree.plant(**facts.values(), parent=parent)
        after = {"code": made.code, "name": made.name, "kind": made.kind, "parent": parent.code}
        _note(verbs.UNIT_CREATED, made, by, at, after=after)
    return made


def change_unit(unit: WorkUnit, facts: UnitFacts, *, by: Person, at: datetime | None = None) -> WorkUnit:
    """Save what differs; writes nothing when nothing does.

    Raises:
        Denied: outside of one's units. Invalid: for a code that is taken, or a kind that only the top may have.
    """
    require(rules.may_manage_unit(by, unit))
    with transaction.atomic():
        unit = _again(unit)
        _check_kind(unit, facts)
        before, after = apply(unit, facts.values())
        if before:
            with unique("code", _("Another work unit has this code.")):
                unit.save(update_fields=list(after))
            _note(verbs.UNIT_CHANGED, unit, by, at, before=before, after=after)
    return unit


def move_unit(
    unit: WorkUnit, parent: WorkUnit, *, by: Person, reason: str, at: datetime | None = None
) -> WorkUnit:
    """Hang a unit with all below it under another; rights held above the old place no longer reach it.

    Raises:
        Denied: when the unit, the old or the new place lies outside. Invalid: below itself, or too deep.
        WrongState: below a retired unit, or when it hangs there already.
    """
    with transaction.atomic():
        tree.lock()
        unit, parent = _again(unit), _again(parent)
        require(rules.may_move_unit(by, unit, parent))
        if unit.parent_id == parent.pk:
            raise WrongState(_("The work unit hangs there already."))
        if parent.path.startswith(unit.path):
            raise wrong("parent", _("A work unit can't hang below itself."))
        if not parent.is_active:
            raise WrongState(_("This work unit is retired: nothing new can hang below it."))
        if not tree.fits(WorkUnit, unit.path, tree.path_of(unit.pk, parent)):
            raise wrong("parent", _("The tree would become too deep."))
        before = {"parent": told(unit.parent), "path": unit.path}
        tree.move(unit, parent)
        after = {"parent": parent.code, "path": unit.path}
        _note(verbs.UNIT_MOVED, unit, by, at, before=before, after=after, reason=reason)
    return unit


def retire_unit(unit: WorkUnit, *, by: Person, reason: str, at: datetime | None = None) -> None:
    """Take a unit out of use: its roles give nothing any more, its proposals stay with the units above.

    Raises:
        Denied: outside of one's units, and for the instansi. WrongState: while active units hang below, or done.
    """
    with transaction.atomic():
        tree.lock()
        unit = _again(unit)
        require(rules.may_retire_unit(by, unit))
        if not unit.is_active:
            raise WrongState(_("This work unit is retired already."))
        if unit.children.filter(is_active=True).exists():
            raise WrongState(_("There are work units in use below this one. Move or retire them first."))
        _set_active(unit, False)
        _note(verbs.UNIT_RETIRED, unit, by, at, reason=reason)


def restore_unit(unit: WorkUnit, *, by: Person, reason: str, at: datetime | None = None) -> None:
    """Put a retired unit back into use; grants that have not ended hold again.

    Raises:
        Denied: outside of one's units. WrongState: when it is in use, or hangs below a retired one.
    """
    with transaction.atomic():
        tree.lock()
        unit = _again(unit)
        require(rules.may_retire_unit(by, unit))
        if unit.is_active:
            raise WrongState(_("This work unit is in use already."))
        if unit.parent and not unit.parent.is_active:
            raise WrongState(_("The work unit above it is retired. Put that one back into use first."))
        _set_active(unit, True)
        _note(verbs.UNIT_RESTORED, unit, by, at, reason=reason)


def _again(unit: WorkUnit) -> WorkUnit:
    """The unit as it is now, its row locked; a joined parent is read after the wait."""
    WorkUnit.objects.select_for_update(no_key=True).only("pk").get(pk=unit.pk)
    return WorkUnit.objects.select_related("parent", "region").get(pk=unit.pk)


def _check_kind(unit: WorkUnit | None, facts: UnitFacts) -> None:
    is_top = unit is not None and rules.is_instansi(unit)
    if (facts.kind == WorkUnit.Kind.INSTANSI) != is_top:
        raise wrong("kind", _("The instansi itself, and it alone, stands at the top of the tree."))


def _set_active(unit: WorkUnit, is_active: bool) -> None:
    unit.is_active = is_active
    unit.save(update_fields=["is_active"])


def _note(verb: Verb, unit: WorkUnit, by: Person, at: datetime | None, **changes: Any) -> None:
    target = audit.Target("workunit", unit.code, unit.pk, unit.path)
    audit.record(verb, by=actor_of(by), target=target, at=at, **changes)
