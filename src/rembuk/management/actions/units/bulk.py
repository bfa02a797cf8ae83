"""Saying one thing of several units at once: their kind, their region."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.errors import require
from rembuk.management import rules, verbs
from rembuk.management.actions.rows import apply, wrong
from rembuk.management.actions.units.shared import again, note
from rembuk.regions.models import Region
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit


def describe_units(
    units: Sequence[WorkUnit],
    *,
    by: Person,
    reason: str,
    kind: str = "",
    region: Region | None = None,
    at: datetime | None = None,
) -> int:
    """Set kind or region (what is given) of all of them; returns how many differed before.

    Raises:
        Denied: when one lies outside of one's units; then none is changed.
        Invalid: for the kind of the instansi, or when neither is given.
    """
    values = ({"kind": kind} if kind else {}) | ({"region": region} if region else {})
    if not values:
        raise wrong("kind", _("Choose a kind or a region."))
    mark, changed = uuid.uuid4().hex, 0
    with transaction.atomic():
        tree.lock()
        for key in units:
            unit = again(key)
            require(rules.may_manage_unit(by, unit))
            if kind and (kind == WorkUnit.Kind.INSTANSI or rules.is_instansi(unit)):
                raise wrong("kind", _("The instansi itself, and it alone, stands at the top of the tree."))
            before, after = apply(unit, values)
            if before:
                unit.save(update_fields=list(after))
                note(verbs.UNIT_CHANGED, unit, by, at, before=before, after=after, reason=reason, bulk=mark)
                changed += 1
    return changed
