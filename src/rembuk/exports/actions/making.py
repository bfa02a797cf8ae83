"""Writing a file in the worker: in constant memory, at one instant, with the rights of that moment.

A job runs at least once. Each run takes a new number, and whatever it writes to the row asks for that number: a run
that was overtaken, or whose export was cancelled, stops at the next step and leaves nothing behind.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import OperationalError, transaction
from django.utils import translation

from rembuk.access.rights import acting
from rembuk.common import reading
from rembuk.common.clock import instant, local_date
from rembuk.common.errors import Denied, NotVisible, require
from rembuk.exports import notices, rules, shelf, verbs
from rembuk.exports.actions.entries import filters_of, note
from rembuk.exports.errors import MOST_ROWS_XLSX, TooLong, Unreadable
from rembuk.exports.models import Export
from rembuk.exports.sources import Opened, known
from rembuk.exports.states import UNFINISHED, Form, Problem, State
from rembuk.siteconfig.selectors import current

KEEP: Final = timedelta(days=7)
MOST_ATTEMPTS: Final = 4
_log = logging.getLogger(__name__)


class Stopped(Exception):
    """The export was cancelled or removed, or another worker has taken it over."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a run wrote."""

    opened: Opened
    moment: reading.Moment
    key: str


def make(export_id: int, *, at: datetime | None = None) -> None:
    """Write the file of an export and tell whoever asked. A second call for one that is finished changes nothing."""
    export = _begun(export_id)
    if export is None:
        return
    if export.attempt > MOST_ATTEMPTS:
        _fail(export, Problem.BROKEN, at)
        return
    key = shelf.new_key(export.form)
    try:
        _finish(export, _written(export, key), at)
    except Stopped:
        shelf.remove(key)
    except Unreadable:
        _given_up(export, key, Problem.UNREADABLE, at)
    except (Denied, NotVisible):
        _given_up(export, key, Problem.DENIED, at)
    except TooLong:
        _given_up(export, key, Problem.TOO_LONG, at)
    except OperationalError:
        # The database is away, or the replica ended a long reading: the job comes again.
        shelf.remove(key)
        if export.attempt < MOST_ATTEMPTS:
            raise
        _fail(export, Problem.BROKEN, at)
    except Exception:
        # Whoever waits for it is told; what went wrong stands in the log, and the job ends.
        _log.exception("export_failed", extra={"export": str(export.public_id), "kind": export.kind})
        _given_up(export, key, Problem.BROKEN, at)


@transaction.atomic
def _begun(export_id: int) -> Export | None:
    """The export with a run of our own, or ``None`` where nothing is left to do."""
    rows = Export.objects.select_for_update(of=("self",)).select_related("person")
    export = rows.filter(pk=export_id, state__in=UNFINISHED).first()
    if export is not None:
        export.state, export.rows_done, export.attempt = State.RUNNING, 0, export.attempt + 1
        export.save(update_fields=["state", "rows_done", "attempt"])
    return export


def _written(export: Export, key: str) -> _Made:
    source = known(export.kind)
    if source is None:
        raise NotVisible
    with translation.override(export.language):
        opened = source.opened(export.person, export.given)
        require(rules.may_take(export.person, opened.reach))
        # The replica ends what reads for too long; the next run asks the primary.
        with reading.snapshot(may_use_replica=export.attempt == 1) as moment:
            expected = opened.count()
            if export.form == Form.XLSX and expected > MOST_ROWS_XLSX:
                raise TooLong
            _step(export, rows_expected=expected)
            opened.write(shelf.place(key), export.form, lambda done: _step(export, rows_done=done))
    return _Made(opened, moment, key)


def _step(export: Export, **facts: int) -> None:
    """Write how far it is, for everybody to see at once.

    Raises:
        Stopped: when the file is no longer ours to write.
    """
    mine = Export.objects.filter(pk=export.pk, state=State.RUNNING, attempt=export.attempt)
    with reading.outside():
        if not mine.update(**facts):
            raise Stopped


@transaction.atomic
def _finish(export: Export, made: _Made, at: datetime | None) -> None:
    moment, mine = instant(at), _locked(export)
    # A right may have ended while the file was written; the person is read anew.
    require(rules.may_take(mine.person, made.opened.reach))
    mine.state, mine.storage_key, mine.size = State.READY, made.key, shelf.close_to_others(made.key)
    day = local_date(made.moment.at, current().tz).isoformat()
    mine.name, mine.reach = f"{made.opened.stem}-{day}.{mine.form}", dict(made.opened.reach)
    mine.read_at, mine.is_from_replica = made.moment.at, made.moment.is_replica
    mine.made_at, mine.expires_at = moment, moment + KEEP
    mine.save()
    by = acting(export.person, channel="worker")
    note(verbs.READY, mine, by=by, at=moment, count=mine.rows_done, filters=filters_of(mine))
    with translation.override(mine.language):
        made.opened.note(mine.form, mine.rows_done)
    notices.ready(mine, moment)


def _given_up(export: Export, key: str, problem: Problem, at: datetime | None) -> None:
    shelf.remove(key)
    _fail(export, problem, at)


def _fail(export: Export, problem: Problem, at: datetime | None) -> None:
    """Say that there is no file, unless it is no longer ours to say."""
    moment = instant(at)
    try:
        with transaction.atomic():
            mine = _locked(export)
            mine.state, mine.problem = State.FAILED, problem
            mine.save(update_fields=["state", "problem"])
            by = acting(export.person, channel="worker")
            note(verbs.FAILED, mine, by=by, at=moment, why=problem)
            notices.failed(mine, moment)
    except Stopped:
        return


def _locked(export: Export) -> Export:
    rows = Export.objects.select_for_update()
    mine = rows.filter(pk=export.pk, state=State.RUNNING, attempt=export.attempt).first()
    if mine is None:
        raise Stopped
    return mine
