"""Preparing and publishing the text of a consultation."""

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.actions import text, versions
from rembuk.consultations.choices import Change
from rembuk.consultations.content import RemarkContent
from rembuk.consultations.drafts import mending
from rembuk.consultations.errors import VersionFixed
from rembuk.consultations.models import Clause, Consultation, DraftVersion
from rembuk.consultations.selectors import wording
from rembuk.consultations.text_history import Fate, changes_between, clause_history, parts_of, stamp_of
from rembuk.engagement.models import Subject
from rembuk.notifications.models import Event
from tests import consultation_scenes, people, scenes

pytestmark = pytest.mark.django_db

FIRST = """Pasal 1
Sampah adalah sisa kegiatan sehari-hari manusia.
Pasal 2
(1) Pengangkutan sampah dilakukan dua kali seminggu.
(2) Iuran dibayar setiap bulan kepada pengurus.
Pasal 3
Cukup jelas.
"""
SECOND = """Pasal 1
Sampah adalah sisa kegiatan sehari-hari manusia.
Pasal 2
Warga memilah sampah di rumah sebelum diangkut.
Pasal 3
(1) Pengangkutan sampah dilakukan tiga kali seminggu.
(2) Iuran dibayar setiap bulan kepada pengurus.
"""
NOTE = "Pengangkutan ditambah karena masukan warga."


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def made(place: scenes.Regency) -> Consultation:
    return consultation_scenes.opened(place)


@pytest.fixture
def official(place: scenes.Regency) -> people.Person:
    return consultation_scenes.manager(place)


def keep(consultation: Consultation, source: str, by: people.Person) -> DraftVersion:
    version = text.read_source(consultation, source, by=by)
    return text.keep_text(version, stamp=stamp_of(parts_of(version)), by=by)


def publish(consultation: Consultation, source: str, by: people.Person) -> DraftVersion:
    return versions.publish_version(keep(consultation, source, by), by=by, note=NOTE)


def labels(version: DraftVersion) -> list[tuple[str, str]]:
    return list(version.texts.order_by("position").values_list("full_label", "change"))


def test_read_source_waits_to_be_kept(made: Consultation, official: people.Person) -> None:
    version = text.read_source(made, FIRST, by=official)
    assert version.texts.count() == 0
    assert [part.full_label for part in parts_of(version)][:3] == [
        "Pasal 1",
        "Pasal 2",
        "Pasal 2 ayat (1)",
    ]
    assert AuditEntry.objects.filter(verb="draft_version.read").count() == 1


def test_read_source_elsewhere_is_denied(made: Consultation, place: scenes.Regency) -> None:
    stranger = people.staff("consultation-manager", place.health)
    with pytest.raises(Denied):
        text.read_source(made, FIRST, by=stranger)
    assert not made.versions.exists()


def test_read_source_of_concluded_is_refused(place: scenes.Regency, official: people.Person) -> None:
    done = consultation_scenes.concluded(place)
    with pytest.raises(WrongState):
        text.read_source(done, FIRST, by=official)


def test_mend_text_that_somebody_changed_is_refused(made: Consultation, official: people.Person) -> None:
    version = text.read_source(made, FIRST, by=official)
    seen = stamp_of(parts_of(version))
    text.mend_text(version, lambda parts: mending.shifted(parts, [3], 1), stamp=seen, by=official)
    with pytest.raises(WrongState):
        text.mend_text(version, lambda parts: mending.shifted(parts, [3], 1), stamp=seen, by=official)


def test_keep_text_of_first_version_makes_clauses(made: Consultation, official: people.Person) -> None:
    version = keep(made, FIRST, official)
    assert labels(version) == [
        ("Pasal 1", "first"),
        ("Pasal 2", "first"),
        ("Pasal 2 ayat (1)", "first"),
        ("Pasal 2 ayat (2)", "first"),
        ("Pasal 3", "first"),
    ]
    assert list(made.clauses.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert version.texts.get(position=2).parent == version.texts.get(position=1)
    assert not Subject.objects.filter(clause__consultation=made).exists()


def test_keep_text_again_reuses_numbers(made: Consultation, official: people.Person) -> None:
    keep(made, FIRST, official)
    version = keep(made, FIRST.replace("dua kali", "empat kali"), official)
    assert version.number == 1
    assert made.clauses.count() == version.texts.count() == 5


def test_publish_version_opens_the_talk_of_each_clause(made: Consultation, official: people.Person) -> None:
    version = publish(made, FIRST, official)
    subjects = Subject.objects.filter(clause__consultation=made)
    assert subjects.filter(is_visible=True, comments_open=True).count() == 5
    assert subjects.get(code=f"{made.code}-B3").title.startswith("Pasal 2 ayat (1): ")
    assert wording.published_version(made) == version
    assert made.events.get(step="version").facts == {"number": 1}
    assert not Event.objects.filter(kind="consultation.version_published").exists()


def test_publish_second_version_tells_followers(
    made: Consultation, official: people.Person, place: scenes.Regency
) -> None:
    from rembuk.engagement.models import Follow

    publish(made, FIRST, official)
    follower = people.citizen("Wati")
    Follow.objects.create(subject=made.subject, person=follower, created_at=made.created_at)
    publish(made, SECOND, official)
    event = Event.objects.get(kind="consultation.version_published")
    assert list(event.notices.values_list("person_id", flat=True)) == [follower.pk]
    assert event.url == f"/uji-publik/{made.code}/versi/2/"


def told(kind: str) -> dict[int, str]:
    """Who is told of this kind, with where it leads."""
    events = Event.objects.filter(kind=kind)
    return {notice.person_id: event.url for event in events for notice in event.notices.all()}


def test_second_version_tells_authors_of_the_clauses_it_changes_once_and_at_once(
    made: Consultation, official: people.Person
) -> None:
    from rembuk.engagement.models import Follow

    first = publish(made, FIRST, official)
    changed, kept, removed = (first.texts.get(position=place).clause.number for place in (2, 3, 4))
    writers = {}
    for name, clause in (("Ubah", changed), ("Tetap", kept), ("Hilang", removed)):
        remark = RemarkContent(version=1, comment="Menurut saya begini.")
        writers[name] = people.citizen(name)
        content = consultation_scenes.content(remarks={clause: remark})
        consultation_scenes.sent(made, writers[name], content)
        Follow.objects.create(subject=made.subject, person=writers[name], created_at=made.created_at)

    publish(made, SECOND, official)

    here = f"/uji-publik/{made.code}"
    wanted = {writers[name].pk: f"{here}/ikut/tinjau/" for name in ("Ubah", "Hilang")}
    assert told("consultation.own_version") == wanted
    assert told("consultation.version_published") == {writers["Tetap"].pk: f"{here}/versi/2/"}


def test_version_after_closing_tells_authors_as_followers_alone(
    place: scenes.Regency, official: people.Person
) -> None:
    made = consultation_scenes.closed(place)
    first = publish(made, FIRST, official)
    remark = RemarkContent(version=1, comment="Menurut saya begini.")
    number = first.texts.get(position=2).clause.number
    consultation_scenes.sent(made, people.citizen(), consultation_scenes.content(remarks={number: remark}))

    publish(made, SECOND, official)

    assert told("consultation.own_version") == {}


def test_second_version_carries_clauses_forward(made: Consultation, official: people.Person) -> None:
    first = publish(made, FIRST, official)
    second = publish(made, SECOND, official)
    assert labels(second) == [
        ("Pasal 1", Change.UNCHANGED),
        ("Pasal 2", Change.NEW),
        ("Pasal 3", Change.MOVED),
        ("Pasal 3 ayat (1)", Change.CHANGED),
        ("Pasal 3 ayat (2)", Change.UNCHANGED),
    ]
    assert second.texts.get(position=3).clause == first.texts.get(position=2).clause
    assert second.texts.get(position=1).clause.number == 6


def test_published_version_is_fixed(made: Consultation, official: people.Person) -> None:
    version = publish(made, FIRST, official)
    with pytest.raises(VersionFixed):
        versions.publish_version(version, by=official)
    with pytest.raises(VersionFixed):
        text.discard_text(version, by=official)
    assert DraftVersion.objects.get(pk=version.pk).published_at is not None


def test_publish_without_note_or_difference_is_refused(made: Consultation, official: people.Person) -> None:
    publish(made, FIRST, official)
    with pytest.raises(Invalid):
        versions.publish_version(keep(made, SECOND, official), by=official, note="pendek")
    with pytest.raises(Invalid):
        versions.publish_version(keep(made, FIRST, official), by=official, note=NOTE)


def test_publish_while_mending_is_refused(made: Consultation, official: people.Person) -> None:
    version = text.read_source(made, FIRST, by=official)
    with pytest.raises(WrongState):
        versions.publish_version(version, by=official)


def test_publish_by_drafter_without_right_is_denied(made: Consultation, place: scenes.Regency) -> None:
    version = keep(made, FIRST, consultation_scenes.manager(place))
    with pytest.raises(Denied):
        versions.publish_version(version, by=people.staff("moderator", place.works))


def doubtful(consultation: Consultation, by: people.Person) -> DraftVersion:
    """A version in work whose second article is likely, but not surely, the old one."""
    publish(consultation, FIRST, by)
    changed = FIRST.replace(
        "Sampah adalah sisa kegiatan sehari-hari manusia.",
        "Sampah ialah sisa padat dari kegiatan warga dan pasar.",
    )
    return keep(consultation, changed, by)


def test_doubtful_match_must_be_confirmed(made: Consultation, official: people.Person) -> None:
    version = doubtful(made, official)
    assert list(version.texts.filter(is_doubtful=True).values_list("position", flat=True)) == [0]
    with pytest.raises(WrongState):
        versions.publish_version(version, by=official, note=NOTE)
    versions.confirm_matches(version, {0: 1}, by=official)
    assert versions.publish_version(version, by=official, note=NOTE).published_at is not None
    assert AuditEntry.objects.filter(verb="draft_version.match_confirmed").count() == 1


def test_refused_match_is_new_and_old_one_removed(made: Consultation, official: people.Person) -> None:
    version = doubtful(made, official)
    versions.confirm_matches(version, {0: None}, by=official)
    assert version.texts.get(position=0).change == Change.NEW
    second = versions.publish_version(version, by=official, note=NOTE)
    told = changes_between(made.versions.get(number=1), second)
    assert [row.clause.number for row in told if row.change is Fate.REMOVED] == [1]


def test_confirmed_match_survives_keeping_again(made: Consultation, official: people.Person) -> None:
    version = doubtful(made, official)
    versions.confirm_matches(version, {0: None}, by=official)
    number = version.texts.get(position=0).clause.number
    again = text.mend_text(
        version,
        lambda parts: mending.removed(parts, [4], with_below=True),
        stamp=stamp_of(parts_of(version)),
        by=official,
    )
    kept = text.keep_text(again, stamp=stamp_of(parts_of(again)), by=official)
    assert kept.texts.get(position=0).clause.number == number
    assert not kept.texts.filter(is_doubtful=True).exists()


def test_two_parts_can_be_swapped(made: Consultation, official: people.Person) -> None:
    publish(made, FIRST, official)
    version = keep(made, FIRST.replace("Cukup jelas.", "Cukup terang."), official)
    versions.confirm_matches(version, {2: 4, 3: 3}, by=official)
    assert [t.clause.number for t in version.texts.order_by("position")] == [1, 2, 4, 3, 5]


def test_one_old_clause_for_two_parts_is_refused(made: Consultation, official: people.Person) -> None:
    version = doubtful(made, official)
    with pytest.raises(Invalid):
        versions.confirm_matches(version, {0: 3, 4: 3}, by=official)


def test_discard_text_leaves_published_clauses(made: Consultation, official: people.Person) -> None:
    publish(made, FIRST, official)
    text.discard_text(keep(made, SECOND, official), by=official)
    assert made.versions.count() == 1
    assert Clause.objects.filter(consultation=made).count() == 5
    assert wording.version_in_work(made) is None


def test_changes_between_names_what_differs(made: Consultation, official: people.Person) -> None:
    first, second = publish(made, FIRST, official), publish(made, SECOND, official)
    rows = changes_between(first, second)
    assert [(row.change, row.label, row.was) for row in rows] == [
        (Fate.NEW, "Pasal 2", ""),
        (Fate.MOVED, "Pasal 3", "Pasal 2"),
        (Fate.CHANGED, "Pasal 3 ayat (1)", "Pasal 2 ayat (1)"),
        (Fate.REMOVED, "Pasal 3", ""),
    ]
    assert [(p.op, p.text) for p in rows[2].parts if p.op != "same"] == [("del", "dua"), ("ins", "tiga")]


def test_clause_history_tells_each_version(made: Consultation, official: people.Person) -> None:
    first = publish(made, FIRST, official)
    publish(made, SECOND, official)
    gone = first.texts.get(position=4).clause
    assert [(row.version.number, row.change) for row in clause_history(gone)] == [
        (1, Fate.FIRST),
        (2, Fate.REMOVED),
    ]


def test_eight_hundred_clauses_are_kept_and_published_in_bulk(
    made: Consultation, official: people.Person, django_assert_max_num_queries: object
) -> None:
    source = "\n".join(f"Pasal {n}\n(1) Kalimat {n} pertama.\n(2) Kalimat {n} kedua." for n in range(1, 268))
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        version = keep(made, source, official)
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        versions.publish_version(version, by=official)
    assert version.texts.count() == 801
