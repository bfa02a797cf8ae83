"""The end of an export: cancelled, removed by its owner, after its week, or with the account."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState
from rembuk.exports import selectors, shelf, verbs
from rembuk.exports.actions.entries import note
from rembuk.exports.models import Export
from rembuk.exports.states import UNFINISHED, State

# What was asked for is shown so long after; then its row goes.
KEEP_ROWS: Final = timedelta(days=30)
_PIECE = 500


@transaction.atomic
def cancel(export: Export, *, by: Person, at: datetime | None = None) -> None:
    """Stop a file that is waiting or being made; the worker leaves off at its next step.

    Raises:
        WrongState: when it is finished.
    """
    mine = Export.objects.select_for_update().filter(pk=export.pk, state__in=UNFINISHED).first()
    if mine is None:
        raise WrongState(_("This file is no longer being made."))
    mine.state = State.CANCELLED
    mine.save(update_fields=["state"])
    note(verbs.CANCELLED, mine, by=acting(by), at=instant(at))


@transaction.atomic
def discard(exports: Sequence[Export], *, by: Person, at: datetime | None = None) -> int:
    """Remove finished exports with their files, all of them or none; returns how many.

    Raises:
        WrongState: when one is still being made.
    """
    moment, keys = instant(at), [export.pk for export in exports]
    mine = list(Export.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if any(export.state in UNFINISHED for export in mine):
        raise WrongState(_("A file is still being made. Cancel it first."))
    for export in mine:
        note(verbs.DISCARDED, export, by=acting(by), at=moment)
    _remove(mine)
    return len(mine)


def remove_old(*, at: datetime | None = None) -> int:
    """Remove files after their week, rows after a month, and files that no row knows; returns how many files went."""
    moment = instant(at)
    with transaction.atomic():
        ended = list(selectors.ended(moment).select_for_update()[:_PIECE])
        keys = [export.storage_key for export in ended]
        rows = Export.objects.filter(pk__in=[export.pk for export in ended])
        rows.update(state=State.EXPIRED, storage_key="", size=0)
        Export.objects.filter(asked_at__lt=moment - KEEP_ROWS).exclude(state=State.READY).delete()
        if ended:
            target = audit.Target("export", "old")
            audit.record(verbs.EXPIRED, by=SYSTEM, target=target, after={"count": len(ended)}, at=moment)
        transaction.on_commit(lambda: shelf.remove(*keys))
    known = set(Export.objects.exclude(storage_key="").values_list("storage_key", flat=True))
    return len(ended) + shelf.remove_strays(known, moment)


def forget(person: Person) -> None:
    """Remove everything a person asked for; called in the transaction that deletes the account."""
    _remove(list(selectors.of(person).select_for_update()))


def _remove(exports: Sequence[Export]) -> None:
    keys = [export.storage_key for export in exports]
    Export.objects.filter(pk__in=[export.pk for export in exports]).delete()
    transaction.on_commit(lambda: shelf.remove(*keys))
