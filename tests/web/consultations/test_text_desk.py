"""The desk of a text: paste, mend, match beside the submissions, publish; all without script."""

import pytest
from django.test import Client

from rembuk.consultations.actions import text, versions
from rembuk.consultations.content import RemarkContent
from rembuk.consultations.models import Consultation
from rembuk.consultations.text_history import parts_of, stamp_of
from tests import consultation_scenes, people, scenes

pytestmark = pytest.mark.django_db

FIRST = "Pasal 1\nSampah adalah sisa kegiatan manusia.\nPasal 2\n(1) Angkut dua kali seminggu.\n(2) Iuran tiap bulan."
NOTE = "Pengangkutan ditambah karena masukan warga."


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def official(client: Client, place: scenes.Regency) -> people.Person:
    person = consultation_scenes.manager(place)
    client.force_login(person)
    return person


@pytest.fixture
def made(place: scenes.Regency) -> Consultation:
    return consultation_scenes.opened(place)


def page(consultation: Consultation, rest: str = "") -> str:
    return f"/kelola/uji-publik/{consultation.code}/naskah/{rest}"


def read(consultation: Consultation, by: people.Person, source: str = FIRST) -> str:
    """Read a text; returns the stamp of its parts."""
    return stamp_of(parts_of(text.read_source(consultation, source, by=by)))


def publish(consultation: Consultation, by: people.Person, source: str = FIRST) -> None:
    stamp = read(consultation, by, source)
    version = consultation.versions.get(published_at=None)
    versions.publish_version(text.keep_text(version, stamp=stamp, by=by), by=by, note=NOTE)


def test_pasted_text_leads_to_its_parts(client: Client, made: Consultation, official: people.Person) -> None:
    answer = client.post(page(made), {"source": FIRST}, follow=True)
    assert answer.redirect_chain == [(page(made, "periksa/"), 303)]
    assert "Pasal 2 ayat (1)" in answer.content.decode()


def test_file_pasted_is_refused_and_kept_in_the_form(
    client: Client, made: Consultation, official: people.Person
) -> None:
    answer = client.post(page(made), {"source": "%PDF-1.7 abc"})
    assert answer.status_code == 422
    assert "%PDF-1.7 abc" in answer.content.decode()


def test_text_of_another_unit_is_not_found(client: Client, made: Consultation, place: scenes.Regency) -> None:
    client.force_login(people.staff("consultation-manager", place.health))
    assert client.get(page(made)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_text_page_asks_the_same_whatever_the_versions(
    client: Client,
    made: Consultation,
    official: people.Person,
    count: int,
    django_assert_num_queries: object,
) -> None:
    for turn in range(count):
        publish(made, official, FIRST.replace("dua kali", f"{turn + 2} kali"))
    with django_assert_num_queries(QUERIES["text"]):  # type: ignore[operator]
        assert client.get(page(made)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_mending_page_asks_the_same_whatever_the_parts(
    client: Client,
    made: Consultation,
    official: people.Person,
    count: int,
    django_assert_num_queries: object,
) -> None:
    read(made, official, "\n".join(f"Pasal {n}\nKalimat {n}." for n in range(1, count + 1)))
    with django_assert_num_queries(QUERIES["mend"]):  # type: ignore[operator]
        assert client.get(page(made, "periksa/")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_matches_page_asks_the_same_whatever_the_changes(
    client: Client,
    made: Consultation,
    official: people.Person,
    count: int,
    django_assert_num_queries: object,
) -> None:
    sentences = [f"Pasal {n}\nKalimat nomor {n} tentang hal yang ke-{n}." for n in range(1, 4)]
    publish(made, official, "\n".join(sentences))
    changed = [s.replace("tentang hal", "mengenai hal") if n < count else s for n, s in enumerate(sentences)]
    version = made.versions.none()
    stamp = read(made, official, "\n".join(changed))
    version = made.versions.get(published_at=None)
    text.keep_text(version, stamp=stamp, by=official)
    with django_assert_num_queries(QUERIES["matches"]):  # type: ignore[operator]
        answer = client.get(page(made, "padanan/"))
    assert answer.content.decode().count('class="match"') == count


QUERIES = {"text": 8, "mend": 7, "matches": 11}


def test_part_is_mended_and_kept(client: Client, made: Consultation, official: people.Person) -> None:
    sent = {
        "stamp": read(made, official),
        "step": "edit",
        "part": "0",
        "kind": "article",
        "level": "1",
        "label": "Pasal 1A",
        "heading": "",
        "body": "Sampah adalah sisa.",
    }
    answer = client.post(page(made, "periksa/"), sent)
    assert answer["Location"] == page(made, "periksa/") + "?halaman=1#butir-0"
    version = made.versions.get()
    stamp = stamp_of(parts_of(version))
    client.post(page(made, "periksa/"), {"stamp": stamp, "step": "keep"})
    assert version.texts.get(position=0).full_label == "Pasal 1A"


def test_part_cut_without_mark_is_refused_with_words_kept(
    client: Client, made: Consultation, official: people.Person
) -> None:
    sent = {
        "stamp": read(made, official),
        "step": "split",
        "part": "0",
        "kind": "article",
        "level": "1",
        "label": "Pasal 1",
        "body": "Tanpa tanda potong.",
    }
    answer = client.post(page(made, "periksa/"), sent)
    assert answer.status_code == 422
    assert "Tanpa tanda potong." in answer.content.decode()


def test_chosen_parts_are_joined(client: Client, made: Consultation, official: people.Person) -> None:
    sent = {"stamp": read(made, official), "step": "join", "selected": ["3"]}
    client.post(page(made, "periksa/"), sent)
    parts = parts_of(made.versions.get())
    assert [p.full_label for p in parts] == ["Pasal 1", "Pasal 2", "Pasal 2 ayat (1)"]
    assert parts[2].body.endswith("(2) Iuran tiap bulan.")


def test_mending_what_somebody_changed_is_a_conflict(
    client: Client, made: Consultation, official: people.Person
) -> None:
    read(made, official)
    answer = client.post(page(made, "periksa/"), {"stamp": "lama", "step": "join", "selected": ["3"]})
    assert answer.status_code == 409


def test_none_chosen_is_refused(client: Client, made: Consultation, official: people.Person) -> None:
    answer = client.post(page(made, "periksa/"), {"stamp": read(made, official), "step": "deeper"})
    assert answer.status_code == 422


def test_match_stands_beside_the_submission_that_caused_it(
    client: Client, made: Consultation, official: people.Person
) -> None:
    publish(made, official)
    said = consultation_scenes.content(
        remarks={3: RemarkContent(version=1, comment="Tambah hari angkut.", suggestion="Angkut tiap hari.")}
    )
    sent = consultation_scenes.sent(made, content=said)
    stamp = read(made, official, FIRST.replace("dua kali", "tiga kali"))
    text.keep_text(made.versions.get(published_at=None), stamp=stamp, by=official)
    body = client.get(page(made, "padanan/")).content.decode()
    assert "Tambah hari angkut." in body
    assert f"/masukan/{sent.number}/" in body
    assert "<ins>" in body


def test_doubtful_match_is_confirmed_and_published(
    client: Client, made: Consultation, official: people.Person
) -> None:
    publish(made, official, FIRST.replace("sisa kegiatan manusia", "sisa kegiatan sehari-hari manusia"))
    changed = FIRST.replace("Sampah adalah sisa kegiatan manusia.", "Sampah ialah sisa padat kegiatan warga.")
    stamp = read(made, official, changed)
    version = text.keep_text(made.versions.get(published_at=None), stamp=stamp, by=official)
    assert version.texts.filter(is_doubtful=True).count() == 1
    assert client.post(page(made, "terbitkan/"), {"note": NOTE}).status_code == 409
    client.post(page(made, "padanan/"), {"match-0": "1"})
    assert client.post(page(made, "terbitkan/"), {"note": NOTE}).status_code == 303
    version.refresh_from_db()
    assert version.published_at is not None


def test_publish_with_short_note_is_refused(
    client: Client, made: Consultation, official: people.Person
) -> None:
    publish(made, official)
    stamp = read(made, official, FIRST.replace("dua kali", "tiga kali"))
    text.keep_text(made.versions.get(published_at=None), stamp=stamp, by=official)
    answer = client.post(page(made, "terbitkan/"), {"note": "singkat"})
    assert answer.status_code == 422
    assert "singkat" in answer.content.decode()


def test_nonsense_in_a_match_is_refused(client: Client, made: Consultation, official: people.Person) -> None:
    publish(made, official)
    stamp = read(made, official, FIRST.replace("dua kali", "tiga kali"))
    text.keep_text(made.versions.get(published_at=None), stamp=stamp, by=official)
    for sent in ({"match-0": "99"}, {"match-x": "1"}, {}):
        assert client.post(page(made, "padanan/"), sent).status_code == 422


def test_discard_asks_once_and_removes(client: Client, made: Consultation, official: people.Person) -> None:
    read(made, official)
    assert client.get(page(made, "buang/")).status_code == 200
    client.post(page(made, "buang/"))
    assert not made.versions.exists()


def test_eight_hundred_parts_are_shown_by_pages(
    client: Client, made: Consultation, official: people.Person
) -> None:
    read(made, official, "\n".join(f"Pasal {n}\nKalimat {n}." for n in range(1, 801)))
    body = client.get(page(made, "periksa/?butir=750")).content.decode()
    assert body.count('name="selected"') == 101
    assert "halaman=8" in body
