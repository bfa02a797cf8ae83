"""Registration: what is stored, what is refused, and that nobody learns who is known."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.accounts.models import Consent, Limit, Person
from rembuk.accounts.quotas import REGISTER_NETWORK
from rembuk.audit.models import AuditEntry
from rembuk.siteconfig.selectors import privacy_version
from tests import people
from tests.accounts import post

pytestmark = pytest.mark.django_db
URL = "/akun/daftar/"


def form(**changes: Any) -> dict[str, Any]:
    """A complete registration as a browser sends it; ``None`` leaves a field out."""
    sent = {
        "name": "Suharto",
        "email": "Baru@Contoh.id",
        "password": people.PASSWORD,
        "adult": "on",
        "privacy": "on",
        "privacy_version": privacy_version(),
        "website": "",
        **changes,
    }
    return {name: value for name, value in sent.items() if value is not None}


def test_register_stores_what_was_given_and_writes_a_letter(client: Client) -> None:
    answer = client.post(URL, form())
    person = Person.objects.get(email="baru@contoh.id")
    assert (answer.status_code, answer["Location"]) == (303, "/akun/daftar/terkirim/")
    assert (person.name, person.language, person.privacy_version) == ("Suharto", "id", privacy_version())
    assert person.adult_confirmed_at is not None
    assert post.waiting() == [("confirm", "baru@contoh.id")]


def test_register_leaves_consents_unticked_unless_ticked(client: Client) -> None:
    page = client.get(URL).content.decode()
    client.post(URL, form())
    assert 'name="consents"' in page
    assert "checked" not in page
    assert not Consent.objects.exists()


def test_register_with_a_consent_keeps_its_version_and_time(client: Client) -> None:
    client.post(URL, form(consents=["news"]))
    given = Consent.objects.get()
    assert (given.purpose, given.text_version, given.withdrawn_at) == ("news", 1, None)


def test_register_under_age_is_refused_and_nothing_stored(client: Client) -> None:
    answer = client.post(URL, form(adult=None))
    assert answer.status_code == 422
    assert not Person.objects.exists()
    assert not AuditEntry.objects.filter(target_kind="person").exists()
    assert not Limit.objects.exists()
    assert post.waiting() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"privacy": None}, "privacy"),
        ({"privacy_version": 0}, "privacy"),
        ({"email": "seseorang@mailinator.com"}, "email"),
        ({"email": "seseorang@a.mailinator.com"}, "email"),
        ({"email": "bukan surel"}, "email"),
        ({"password": "1234567890"}, "password"),
        ({"password": "pendek"}, "password"),
        ({"password": "baru@contoh.id"}, "password"),
        ({"name": "Kunjungi https://judi.example"}, "name"),
    ],
)
def test_register_bad_input_is_said_at_its_field(client: Client, change: dict[str, Any], field: str) -> None:
    answer = client.post(URL, form(**change))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Person.objects.exists()


def test_register_keeps_what_was_typed_but_never_the_password(client: Client) -> None:
    page = client.post(URL, form(privacy=None, name="Ibu Made")).content.decode()
    assert 'value="Ibu Made"' in page
    assert people.PASSWORD not in page


def test_register_known_address_answers_the_same_and_writes_to_its_owner(client: Client) -> None:
    people.citizen(email="lama@contoh.id")
    other = Client()
    known = client.post(URL, form(email="lama@contoh.id"), follow=True)
    unknown = other.post(URL, form(email="baru@contoh.id"), follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert _without_token(known) == _without_token(unknown)
    assert known.headers == unknown.headers
    assert set(client.cookies) == set(other.cookies)
    assert post.waiting() == [("known", "lama@contoh.id"), ("confirm", "baru@contoh.id")]
    assert Person.objects.filter(email="lama@contoh.id").count() == 1


def test_register_twice_before_confirming_keeps_the_first_password(client: Client) -> None:
    client.post(URL, form())
    Client().post(URL, form(password="kata-sandi-lain-lagi", name="Orang lain"))
    person = Person.objects.get(email="baru@contoh.id")
    assert person.check_password(people.PASSWORD)
    assert person.name == "Suharto"
    assert [kind for kind, _ in post.waiting()] == ["confirm", "waiting"]


def test_register_trap_filled_answers_the_same_and_stores_nothing(client: Client) -> None:
    answer = client.post(URL, form(website="https://spam.example"))
    assert (answer.status_code, answer["Location"]) == (303, "/akun/daftar/terkirim/")
    assert not Person.objects.exists()
    assert post.waiting() == []


def test_register_many_people_behind_one_address_are_served(client: Client) -> None:
    answers = {client.post(URL, form(email=f"warga{n}@contoh.id")).status_code for n in range(30)}
    assert answers == {303}
    assert Person.objects.count() == 30


def test_register_network_limit_ends_in_429_with_a_time(client: Client) -> None:
    where = "127.0.0.1"
    for _ in range(REGISTER_NETWORK.allowed):
        REGISTER_NETWORK.spend(where)
    answer = client.post(URL, form())
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert not Person.objects.exists()


def test_register_letters_to_one_mailbox_are_limited(client: Client) -> None:
    statuses = [Client().post(URL, form()).status_code for _ in range(7)]
    assert statuses == [303] * 5 + [429] * 2


def test_register_closed_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from rembuk.siteconfig.models import Setting

    Setting.objects.create(key="registration_open", value=False, changed_at=people.LONG_AGO)
    answer = client.post(URL, form())
    assert answer.status_code == 403
    assert not Person.objects.exists()


def test_register_page_is_private_and_carries_a_token() -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(URL)
    refused = client.post(URL, form())
    assert page["Cache-Control"] == "private, no-store"
    assert b"csrfmiddlewaretoken" in page.content
    assert refused.status_code == 403


def test_register_in_english_writes_in_english(client: Client) -> None:
    client.post("/en/akun/daftar/", form())
    (letter,) = post.letters()
    assert letter.subject == "Confirm your email address for Rembuk"
    assert post.link_in(letter).startswith("/en/akun/konfirmasi/")


def test_register_signed_in_leads_on(client: Client) -> None:
    client.force_login(people.citizen())
    answer = client.get(URL, {"next": "/usulan/"})
    assert (answer.status_code, answer["Location"]) == (303, "/usulan/")


def test_register_keeps_the_way_back_in_form_and_sign_in_link(client: Client) -> None:
    page = client.get(URL, {"next": "/usulan/baru/?a=1"}).content.decode()
    assert '<input type="hidden" name="next" value="/usulan/baru/?a=1">' in page
    assert f"{reverse('account_login')}?next=%2Fusulan%2Fbaru%2F%3Fa%3D1" in page


def test_register_ignores_a_way_back_to_elsewhere(client: Client) -> None:
    page = client.get(URL, {"next": "https://jahat.example/"}).content.decode()
    assert "jahat.example" not in page.split("</header>")[1].split("<footer")[0]


def _without_token(answer: Any) -> str:
    import re

    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())
