"""The result page and the conclusion on the desk, and the author's objection."""

import pytest
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.consultations.actions.concluding import publish_result
from rembuk.consultations.models import Objection
from rembuk.consultations.states import State
from tests import matrix_scenes as scenes
from tests import people

pytestmark = pytest.mark.django_db
BODY = "Dua pasal berubah karena masukan warga; jadwal pengangkutan kini tiga kali seminggu."
WORDS = "Alasan itu tidak menjawab usul saya tentang jam pasar."


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def desk(found: scenes.Matrix, rest: str) -> str:
    return f"/kelola/uji-publik/{found.consultation.code}/{rest}/"


def test_result_is_previewed_kept_and_published() -> None:
    found = scenes.matrix(0, at=None)
    client = signed_in(found.manager)
    preview = client.post(desk(found, "hasil"), {"body": f"**{BODY}**", "preview": "1"})
    assert f"<strong>{BODY}</strong>" in preview.content.decode()
    client.post(desk(found, "hasil"), {"body": BODY, "save": "1"})
    found.consultation.refresh_from_db()
    assert (found.consultation.result_body, found.consultation.result_published_at) == (BODY, None)
    client.post(desk(found, "hasil"), {"body": BODY, "publish": "1"})
    found.consultation.refresh_from_db()
    assert found.consultation.result_published_at is not None


def test_short_result_is_refused_with_what_was_typed() -> None:
    found = scenes.matrix(0, at=None)
    answer = signed_in(found.manager).post(desk(found, "hasil"), {"body": "Selesai.", "publish": "1"})
    assert answer.status_code == 422
    assert "Selesai.</textarea>" in answer.content.decode()


def test_conclusion_is_refused_with_the_counts_and_then_done() -> None:
    found = scenes.matrix(2, at=None)
    client = signed_in(found.manager)
    refused = client.post(desk(found, "selesaikan"))
    assert refused.status_code == 409
    assert "2 baris belum diterbitkan." in refused.content.decode()
    scenes.published(found, at=None)
    publish_result(found.consultation, body=BODY, by=found.manager)
    assert "Selesaikan" in client.get(desk(found, "selesaikan")).content.decode()
    assert client.post(desk(found, "selesaikan")).status_code == 303
    found.consultation.refresh_from_db()
    assert found.consultation.state == State.CONCLUDED


def test_assessor_and_auditor_do_not_conclude() -> None:
    found = scenes.matrix(0, at=None)
    for role in ("assessor", "auditor"):
        person = signed_in(people.staff(role, found.place.works))
        assert person.post(desk(found, "selesaikan")).status_code == 403


def objecting(found: scenes.Matrix) -> tuple[Client, str]:
    submission = found.rows[0].submission
    assert submission.author is not None
    path = f"/uji-publik/{found.consultation.code}/masukan/{submission.number}/keberatan/"
    return signed_in(submission.author), path


def test_author_objects_once() -> None:
    found = scenes.matrix(1, at=None)
    scenes.published(found, at=None)
    client, path = objecting(found)
    assert "Diterima sebagian" in client.get(path).content.decode()
    assert client.post(path, {"row": "1", "text": WORDS}).status_code == 303
    assert Objection.objects.get().text == WORDS
    assert client.post(path, {"row": "1", "text": WORDS}).status_code == 409
    assert "satu kali" in client.get(path).content.decode()


def test_objection_without_words_keeps_what_was_typed_and_before_the_message_is_refused() -> None:
    found = scenes.matrix(1, at=None)
    client, path = objecting(found)
    assert client.post(path, {"row": "1", "text": WORDS}).status_code == 409
    scenes.published(found, at=None)
    answer = client.post(path, {"row": "1", "text": "Salah."})
    assert answer.status_code == 422
    assert "Salah.</textarea>" in answer.content.decode()
    assert not Objection.objects.exists()


def test_nobody_else_finds_the_page_of_an_objection() -> None:
    found = scenes.matrix(1, at=None)
    scenes.published(found, at=None)
    _client, path = objecting(found)
    assert signed_in(people.citizen()).get(path).status_code == 404
    assert signed_in(found.manager).get(path).status_code == 404
    assert Client().get(path).status_code == 302
