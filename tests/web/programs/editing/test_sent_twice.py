"""A form with a kept file that is sent twice, by a double click or after going back: told, nothing doubled or lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from rembuk.common.postgresql.refusals import refused_by_database
from rembuk.programs.models import Document, Program, Realisation, Update, UpdatePicture
from tests import money_scenes as money
from tests import program_scenes as programs
from tests import scenes
from tests.files.uploads import pdf, picture

pytestmark = pytest.mark.django_db
TOLD = "Berkas ini milik isian yang sudah tersimpan sebelumnya."
WORDS = {"phase": "1", "title": "Survei selesai", "body": "Ruas diukur."}


def seated(client: Client) -> Program:
    """A public programme with money, its manager signed in."""
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    return money.planned(programs.published(place, by=by), by)


def jpeg() -> SimpleUploadedFile:
    return SimpleUploadedFile("jalan.jpg", picture(), content_type="image/jpeg")


def kept(client: Client, url: str, name: str, sent: dict[str, object]) -> str:
    """The key of the file that a refused form carries."""
    refused = client.post(url, sent)
    assert refused.status_code == 422
    found = re.search(rf'name="{name}" value="([^"]+)"', refused.content.decode())
    assert found is not None
    return found[1]


def told(client: Client, url: str, sent: dict[str, object], field: str, typed: str) -> bool:
    """Whether a sending is refused at that field, and what was typed is still there."""
    answer = client.post(url, sent)
    page = answer.content.decode()
    return answer.status_code == 422 and TOLD in page and f'href="#id_{field}"' in page and typed in page


def test_news_with_a_kept_picture(client: Client) -> None:
    url = reverse("desk_programs:update", args=[seated(client).code])
    key = kept(client, url, "kept_1", {**WORDS, "picture_1": jpeg()})
    sent: dict[str, object] = {**WORDS, "kept_1": key, "alternative_1": "Jalan berlubang"}
    assert client.post(url, sent).status_code == 303
    assert told(client, url, sent, "picture_1", "Jalan berlubang")
    assert str(UpdatePicture.objects.get().file.public_id) == key
    assert Update.objects.count() == 1
    # With another picture it is other news.
    assert client.post(url, {**sent, "picture_1": jpeg()}).status_code == 303
    assert UpdatePicture.objects.count() == 2


def test_news_with_a_kept_document(client: Client) -> None:
    url = reverse("desk_programs:update", args=[seated(client).code])
    sheet = SimpleUploadedFile("ba.pdf", pdf(), content_type="application/pdf")
    key = kept(client, url, "kept_document_1", {**WORDS, "document_1": sheet})
    sent: dict[str, object] = {**WORDS, "kept_document_1": key, "document_title_1": "Berita acara"}
    assert client.post(url, sent).status_code == 303
    assert told(client, url, sent, "document_1", "Berita acara")
    assert str(Document.objects.get().file.public_id) == key
    assert Update.objects.count() == 1


def test_payment_with_kept_evidence(client: Client) -> None:
    url = reverse("desk_programs:spend", args=[seated(client).code])
    sent: dict[str, object] = {
        "fund": "apbd",
        "amount": "Rp1.000.000,00",
        "spent_on": "2026-11-20",
        "document_number": "SP2D-001",
    }
    key = kept(client, url, "kept", {**sent, "amount": "banyak", "evidence": jpeg()})
    sent["kept"] = key
    assert client.post(url, sent).status_code == 303
    assert told(client, url, sent, "evidence", "SP2D-001")
    assert told(client, url, {**sent, "document_number": "SP2D-002"}, "evidence", "SP2D-002")
    row = Realisation.objects.select_related("evidence").get()
    assert row.evidence is not None
    assert str(row.evidence.public_id) == key


def test_two_sendings_in_the_same_moment_are_refused_with_words(client: Client) -> None:
    url = reverse("desk_programs:update", args=[seated(client).code])
    sent = {**WORDS, "picture_1": jpeg(), "alternative_1": "Jalan berlubang"}
    assert client.post(url, sent).status_code == 303
    row = UpdatePicture.objects.get()
    with pytest.raises(IntegrityError) as race, transaction.atomic():
        UpdatePicture.objects.create(update=row.update, file=row.file, alternative="Jalan", position=2)
    assert refused_by_database(race.value) is not None
