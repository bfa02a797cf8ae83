"""Fetching a file that is ready."""

from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.exports import rules, shelf, verbs
from rembuk.exports.actions.entries import note
from rembuk.exports.models import Export
from rembuk.exports.states import State


def look(export: Export, *, by: Person, at: datetime | None = None) -> IO[bytes]:
    """The file as ``take`` gives it, for whoever only asks what there is: nothing is fetched, nothing is noted.

    Raises:
        Denied: when her rights do not cover the rows any more.
        WrongState: when there is no file, yet or any more.
    """
    if export.state != State.READY or export.expires_at is None or export.expires_at <= instant(at):
        raise WrongState(_("There is no file here to download, yet or any more."))
    require(rules.may_take(by, export.reach))
    try:
        return shelf.opened(export.storage_key)
    except FileNotFoundError:
        raise WrongState(_("The file is gone from the disk. Ask for it again.")) from None


def take(export: Export, *, by: Person, at: datetime | None = None) -> IO[bytes]:
    """The file to send; each time it is fetched stands in the trail.

    Raises:
        Denied, WrongState: as ``look``.
    """
    moment = instant(at)
    file = look(export, by=by, at=moment)
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(taken_at=moment)
        note(verbs.TAKEN, export, by=acting(by), at=moment, count=export.rows_done)
    return file
