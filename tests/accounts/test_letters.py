"""Letters about an account: every kind in both languages, with links of this site, to whom it concerns."""

from typing import Any

import pytest
from django.core import mail

from rembuk.accounts.letters import texts, writing
from rembuk.accounts.letters.writing import Addressee
from rembuk.accounts.models import Person
from rembuk.notifications.models import MailAllowance
from rembuk.notifications.sending.delivery import Post
from rembuk.notifications.sending.outcomes import not_connected
from tests import people
from tests.accounts import post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.BASE_URL = "https://rembuk.contoh.id"


@pytest.fixture
def person() -> Person:
    found = people.citizen("Sari Dewi", email="sari@contoh.id")
    found.emailaddress_set.update(verified=False)
    return found


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", texts.TEXTS)
def test_letter_is_complete_in_text_and_html(person: Person, kind: str, language: str) -> None:
    writing.send(kind, person, Addressee(person.name, "sari@contoh.id", language))
    (letter,) = mail.outbox
    html = letter.alternatives[0][0]
    assert letter.to == ["sari@contoh.id"]
    assert "Sari Dewi" in letter.body
    assert "%(" not in letter.subject + letter.body + html
    assert "https://rembuk.contoh.id" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_letter_in_english_leads_to_english_pages(person: Person) -> None:
    writing.send(texts.CONFIRM, person, Addressee(person.name, "sari@contoh.id", "en"))
    assert post.link_in(mail.outbox[0]).startswith("/en/akun/konfirmasi/")


def test_letter_with_a_link_is_not_sent_to_a_suspended_person(person: Person) -> None:
    Person.objects.update(is_active=False)
    person.refresh_from_db()
    writing.send(texts.RESET, person, Addressee(person.name, "sari@contoh.id", "id"))
    assert mail.outbox == []


def test_letter_to_confirm_what_is_confirmed_is_not_sent(person: Person) -> None:
    person.emailaddress_set.update(verified=True)
    writing.send(texts.CONFIRM, person, Addressee(person.name, "sari@contoh.id", "id"))
    assert mail.outbox == []


def test_letter_without_an_address_is_not_sent(person: Person) -> None:
    writing.send(texts.DELETED, None, Addressee("Sari", "", "id"))
    assert mail.outbox == []


def test_letter_counts_in_the_hour_but_is_not_held_back(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        writing.send(texts.KNOWN, person, Addressee(person.name, "sari@contoh.id", "id"))
    assert len(mail.outbox) == 2
    assert MailAllowance.objects.get().used == 2


def test_letter_that_the_server_could_not_take_is_tried_again(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Post, "send", lambda *_args: not_connected(ConnectionRefusedError()))
    with pytest.raises(writing.NotHandedOver):
        writing.send(texts.KNOWN, person, Addressee(person.name, "sari@contoh.id", "id"))


def test_name_in_a_letter_is_no_markup(person: Person) -> None:
    writing.send(texts.KNOWN, person, Addressee("<b>Sari</b>", "sari@contoh.id", "id"))
    assert "<b>Sari" not in mail.outbox[0].alternatives[0][0]
