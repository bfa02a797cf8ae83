"""What all acts on work units share: the unit as it is now, codes that are taken, the line in the trail."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.audit.verbs import Verb
from rembuk.common.errors import Denied, WrongState
from rembuk.management.actions.rows import wrong
from rembuk.management.units.records import RESERVED
from rembuk.management.units.widening import may_widen
from rembuk.workunits import tree
from rembuk.workunits.models import FormerCode, WorkUnit

TAKEN = _("Another work unit has this code, or had it before: its old addresses lead there.")
RETIRED_ABOVE = _("This work unit is retired: nothing new can hang below it.")
CHANGED_MEANWHILE = _("The work units changed since this was shown. Look at it once more.")
_BELOW_ITSELF = _("A work unit can't hang below itself.")
_TOO_DEEP = _("The tree would become too deep.")


def again(unit: WorkUnit) -> WorkUnit:
    """The unit as it is now, its row locked; what is joined is read after the wait."""
    WorkUnit.objects.select_for_update(no_key=True).only("pk").get(pk=unit.pk)
    return WorkUnit.objects.select_related("parent", "region", "successor").get(pk=unit.pk)


def check_code(code: str, unit: WorkUnit | None = None) -> None:
    """Refuse a code that another unit has or had. The caller holds the lock of the tree.

    Raises:
        Invalid: for ``code``.
    """
    if code.lower() in RESERVED:
        raise wrong("code", _("This word is reserved. Choose another one."))
    others, former = WorkUnit.objects.filter(code=code), FormerCode.objects.filter(code=code)
    if unit is not None:
        others, former = others.exclude(pk=unit.pk), former.exclude(unit=unit)
    if others.exists() or former.exists():
        raise wrong("code", TAKEN)


def check_place(unit: WorkUnit, parent: WorkUnit) -> None:
    """Refuse a place below itself, below a retired unit, or too deep. The caller holds the lock of the tree.

    Raises:
        Invalid: for ``parent``. WrongState: below a retired unit.
    """
    if parent.path.startswith(unit.path):
        raise wrong("parent", _BELOW_ITSELF)
    if not parent.is_active:
        raise WrongState(RETIRED_ABOVE)
    if not tree.fits(WorkUnit, unit.path, tree.path_of(unit.pk, parent)):
        raise wrong("parent", _TOO_DEEP)


def check_widening(
    unit: WorkUnit, parent: WorkUnit, by: Person, *, field: str = "parent", at: datetime | None = None
) -> None:
    """Refuse a place through which people get rights over the unit that this person can't give there.

    Raises:
        Invalid: for ``field``.
    """
    verdict = may_widen(by, unit, parent, at)
    if isinstance(verdict, Denied):
        raise wrong(field, verdict.message)


def target_of(unit: WorkUnit) -> audit.Target:
    """A unit as the trail names it."""
    return audit.Target("workunit", unit.code, unit.pk, unit.path)


def note(verb: Verb, unit: WorkUnit, by: Person | Actor, at: datetime | None, **changes: Any) -> None:
    """One entry in the trail of a unit."""
    audit.record(verb, by=actor_of(by), target=target_of(unit), at=at, **changes)
