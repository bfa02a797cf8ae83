"""The text of a consultation: acts that are refused, left undone or too late, and what stands afterwards."""

from collections.abc import Callable

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions import text, versions
from rembuk.consultations.drafts import mending
from rembuk.consultations.drafts.reading import MOST_PARTS
from rembuk.consultations.models import Consultation, DraftVersion
from rembuk.consultations.selectors import wording
from rembuk.consultations.text_history import parts_of, stamp_of
from tests import consultation_scenes, people, scenes

pytestmark = pytest.mark.django_db
SOURCE = """Pasal 1
Sampah adalah sisa kegiatan sehari-hari manusia.
Pasal 2
Pengangkutan sampah dilakukan dua kali seminggu.
"""
LONGER = SOURCE + "Pasal 3\nIuran dibayar setiap bulan kepada pengurus.\n"
NOTE = "Iuran ditambah karena masukan warga."


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def made(place: scenes.Regency) -> Consultation:
    return consultation_scenes.opened(place)


@pytest.fixture
def official(place: scenes.Regency) -> people.Person:
    return consultation_scenes.manager(place)


def keep(version: DraftVersion, by: people.Person) -> DraftVersion:
    return text.keep_text(version, stamp=stamp_of(parts_of(version)), by=by)


def kept(consultation: Consultation, source: str, by: people.Person) -> DraftVersion:
    return keep(text.read_source(consultation, source, by=by), by)


def labels(version: DraftVersion) -> list[str]:
    return [part.full_label for part in parts_of(version)]


def test_mending_into_more_parts_than_fit_is_refused(made: Consultation, official: people.Person) -> None:
    version = text.read_source(made, SOURCE, by=official)
    with pytest.raises(Invalid, match="2000"):
        text.mend_text(
            version, lambda parts: [*parts] * MOST_PARTS, stamp=stamp_of(parts_of(version)), by=official
        )
    version.refresh_from_db()
    assert labels(version) == ["Pasal 1", "Pasal 2"]


def test_parts_kept_twice_are_kept_once(made: Consultation, official: people.Person) -> None:
    version = kept(made, SOURCE, official)
    with pytest.raises(WrongState, match="sudah disimpan"):
        keep(version, official)
    assert AuditEntry.objects.filter(verb="draft_version.kept").count() == 1


def test_stopping_goes_back_to_the_parts_kept_before(made: Consultation, official: people.Person) -> None:
    kept(made, SOURCE, official)
    version = text.read_source(made, LONGER, by=official)
    assert labels(version) == ["Pasal 1", "Pasal 2", "Pasal 3"]
    stopped = text.stop_mending(version, by=official)
    assert (stopped.tree, labels(stopped)) == (None, ["Pasal 1", "Pasal 2"])
    entry = AuditEntry.objects.get(verb="draft_version.mended")
    assert entry.after == {"version": 1, "parts": 2}


def test_stopping_with_nothing_to_go_back_to_is_refused(made: Consultation, official: people.Person) -> None:
    version = text.read_source(made, SOURCE, by=official)
    with pytest.raises(WrongState):
        text.stop_mending(version, by=official)
    version.refresh_from_db()
    assert labels(version) == ["Pasal 1", "Pasal 2"]
    settled = keep(version, official)
    with pytest.raises(WrongState):
        text.stop_mending(settled, by=official)


def test_stopping_from_another_unit_is_denied(
    made: Consultation, official: people.Person, place: scenes.Regency
) -> None:
    kept(made, SOURCE, official)
    version = text.read_source(made, LONGER, by=official)
    with pytest.raises(Denied):
        text.stop_mending(version, by=people.staff("consultation-manager", place.health))
    version.refresh_from_db()
    assert version.tree is not None


@pytest.mark.parametrize(
    "act",
    [
        lambda version, by: text.mend_text(
            version, lambda parts: mending.removed(parts, [1], with_below=True), stamp="", by=by
        ),
        lambda version, by: text.stop_mending(version, by=by),
        lambda version, by: text.discard_text(version, by=by),
        lambda version, by: versions.confirm_matches(version, {}, by=by),
        lambda version, by: versions.publish_version(version, by=by),
    ],
    ids=["mend", "stop", "discard", "match", "publish"],
)
def test_version_that_a_colleague_discarded_takes_no_act(
    act: Callable[[DraftVersion, people.Person], object], made: Consultation, official: people.Person
) -> None:
    version = kept(made, SOURCE, official)
    seen = DraftVersion.objects.get(pk=version.pk)
    text.discard_text(version, by=official)
    with pytest.raises(WrongState, match="dibuang"):
        act(seen, official)
    assert not made.versions.exists()


def test_first_version_and_one_that_is_mended_have_no_matches(
    made: Consultation, official: people.Person
) -> None:
    first = kept(made, SOURCE, official)
    with pytest.raises(WrongState):
        versions.confirm_matches(first, {0: None}, by=official)
    versions.publish_version(first, by=official)
    with pytest.raises(WrongState):
        versions.confirm_matches(text.read_source(made, LONGER, by=official), {0: None}, by=official)
    assert not AuditEntry.objects.filter(verb="draft_version.match_confirmed").exists()


def test_part_confirmed_as_new_that_was_new_keeps_its_number(
    made: Consultation, official: people.Person
) -> None:
    versions.publish_version(kept(made, SOURCE, official), by=official)
    version = kept(made, LONGER, official)
    number = version.texts.get(position=2).clause.number
    versions.confirm_matches(version, {2: None}, by=official)
    third = version.texts.get(position=2)
    assert (third.clause.number, third.change, third.is_doubtful) == (number, "new", False)


def test_part_that_loses_its_clause_to_another_becomes_new_and_doubtful(
    made: Consultation, official: people.Person
) -> None:
    versions.publish_version(kept(made, SOURCE, official), by=official)
    version = kept(made, LONGER, official)
    versions.confirm_matches(version, {2: 2}, by=official)
    second, third = version.texts.order_by("position")[1:]
    assert (third.clause.number, third.is_doubtful) == (2, False)
    assert (second.clause.number, second.change, second.is_doubtful) == (4, "new", True)
    with pytest.raises(WrongState):
        versions.publish_version(version, by=official, note=NOTE)
    entry = AuditEntry.objects.get(verb="draft_version.match_confirmed")
    assert entry.after == {"version": 2, "part": "Pasal 3", "clause": 2}


def test_version_without_a_part_is_not_published(made: Consultation, official: people.Person) -> None:
    version = text.read_source(made, SOURCE, by=official)
    emptied = text.mend_text(version, lambda _parts: [], stamp=stamp_of(parts_of(version)), by=official)
    with pytest.raises(Invalid):
        versions.publish_version(keep(emptied, official), by=official)
    assert wording.published_version(made) is None


@pytest.mark.parametrize("state", ["concluded", "cancelled"])
def test_text_of_an_ended_consultation_is_not_published(
    state: str, made: Consultation, official: people.Person
) -> None:
    version = kept(made, SOURCE, official)
    Consultation.objects.filter(pk=made.pk).update(state=state, result_published_at=made.created_at)
    with pytest.raises(WrongState, match="tidak diubah lagi"):
        versions.publish_version(version, by=official)
    assert wording.published_version(made) is None
    assert not made.events.filter(step="version").exists()
