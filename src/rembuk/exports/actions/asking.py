"""Asking for a file that takes longer than a page may."""

from datetime import datetime

from django.db import transaction

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import require
from rembuk.exports import rules, selectors, verbs
from rembuk.exports.actions.entries import filters_of, note
from rembuk.exports.models import Export
from rembuk.exports.sources import Given, Source
from rembuk.exports.states import UNFINISHED
from rembuk.exports.tasks import make_export

MOST_WORDS = 500
# So many files are written at once, whoever asked, so that mail keeps its places in the worker.
LANES = 2


@transaction.atomic
def ask(
    source: Source, given: Given, *, form: str, by: Person, language: str, at: datetime | None = None
) -> Export:
    """Queue a file of ``form`` of what was ``given``; the worker writes it. Asked twice while it is made, it is one.

    Raises:
        Denied, NotVisible: where the source is out of reach.
        WrongState: when the person has as many files as she may.
    """
    moment = instant(at)
    opened = source.opened(by, given)
    require(rules.may_take(by, opened.reach))
    # One after the other for each person, so that two at once don't both fit.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    wanted = {
        "kind": source.key,
        "form": form,
        "given": {name: list(values) for name, values in given.items()},
    }
    same = selectors.of(by).filter(state__in=UNFINISHED, **wanted).first()
    if same is not None:
        return same
    rules.refuse_more(by)
    words = opened.words[:MOST_WORDS]
    export = Export.objects.create(person=by, language=language, words=words, asked_at=moment, **wanted)
    note(verbs.ASKED, export, by=acting(by), at=moment, filters=filters_of(export))
    make_export.configure(lock=f"exports.{export.pk % LANES}").defer(export_id=export.pk)
    return export
