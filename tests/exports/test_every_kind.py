"""Every kind of export there is: how far it is while it is written, a notice and a mail at the end, nothing left in memory."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.core import mail

from rembuk.accounts.models import Person
from rembuk.common import reading
from rembuk.exports.actions import making
from rembuk.exports.actions.making import make
from rembuk.exports.models import Export
from rembuk.exports.sources import Source, every
from rembuk.exports.states import Form
from rembuk.notifications.models import Event
from rembuk.notifications.sending import delivery
from rembuk.web.exports import catalogue, writing
from tests import export_scenes as exports
from tests import people, scenes

# The file is read by a connection of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)

type Scene = tuple[scenes.Regency, dict[str, list[str]]]


def _proposals(count: int) -> Scene:
    place = scenes.regency()
    for _turn in range(count):
        scenes.published(place)
    return place, {"kolom": ["kode", "dukungan", "kategori", "satuan_kerja", "pengusul", "uraian"]}


def _officers(count: int) -> Scene:
    place = scenes.regency()
    for turn in range(count):
        people.staff("assessor", place.works, f"Petugas {turn}")
    return place, {}


def _consultation(count: int) -> Scene:
    place = scenes.regency()
    return place, {"kode": [exports.objected(place, count).code]}


SCENES: dict[Source, Callable[[int], Scene]] = {
    catalogue.PROPOSALS: _proposals,
    catalogue.PEOPLE: _officers,
    catalogue.GRANTS: _officers,
    catalogue.AUDIT: _proposals,
    catalogue.CONSULTATION: _consultation,
}
KINDS = pytest.mark.parametrize("source", SCENES, ids=lambda source: source.key)
FORMS = pytest.mark.parametrize("form", Form)


def waiting(source: Source, form: str, count: int) -> tuple[Export, Person]:
    """An export of so many rows or more, and who asked for it."""
    place, given = SCENES[source](count)
    by = exports.asker(place)
    given = {} if source is catalogue.AUDIT else given
    return exports.asked(by, source=source, form=form, **given), by


def test_no_kind_is_forgotten_here() -> None:
    assert list(SCENES) == every()


@KINDS
@FORMS
def test_rows_rise_while_it_is_written_and_whoever_asked_is_told(
    source: Source, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, by = waiting(source, form, 3)
    monkeypatch.setattr(writing, "STEP", 1)
    step, seen = making._step, []

    def watched(export: Export, **facts: int) -> None:
        step(export, **facts)
        with reading.outside():
            seen.append(Export.objects.values_list("state", "rows_done").get(pk=export.pk))
            assert not Event.objects.filter(kind="export.ready").exists()

    monkeypatch.setattr(making, "_step", watched)
    make(export.pk)

    export.refresh_from_db()
    rows = export.rows_done
    assert rows >= 3
    assert seen == [("running", done) for done in [*range(rows + 1), rows]]
    told = Event.objects.get(kind="export.ready")
    assert (told.notices.get().person_id, told.params["rows"]) == (by.pk, str(rows))
    delivery.send_event(told.pk)
    (letter,) = mail.outbox
    assert letter.to == [by.email]
    assert f"/kelola/unduhan/{export.public_id}/" in str(letter.body)


def kept_of(source: Source, form: str, count: int) -> Counter[str]:
    """The rows that stay in memory after a file of so many is written."""
    export, _by = waiting(source, form, count)
    return exports.kept_after(lambda: make(export.pk))


# A proposal and its subject point at each other. They are read one at a time, and Python finds such young rings often.
IN_PIECES = [source for source in SCENES if source is not catalogue.PROPOSALS]


@pytest.mark.parametrize("source", IN_PIECES, ids=lambda source: source.key)
@FORMS
def test_nothing_that_was_read_is_kept(source: Source, form: str) -> None:
    # What is remembered for good is read here.
    kept_of(source, form, 1)
    assert kept_of(source, form, 6) == kept_of(source, form, 2)
