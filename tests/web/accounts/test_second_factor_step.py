"""The step of the code: what becomes of it when the password changes, and when too many hash at once."""

from typing import Any

import pytest
from django.test import Client

from rembuk.access.rights import acting
from rembuk.accounts.actions import passwords
from rembuk.accounts.models import Limit, Person
from rembuk.accounts.passwords import hashing
from rembuk.accounts.second_factor import quotas
from tests import people
from tests.accounts import factor, post
from tests.web.accounts.test_register import form

pytestmark = pytest.mark.django_db
STEP = "/akun/masuk/kode/"
NEW = "kuda-laut-terbang-77"


def waiting(person: Person, password: str = people.PASSWORD) -> Client:
    """A browser that gave the password and is asked for the code."""
    client = Client()
    answer = client.post("/akun/masuk/", {"email": person.email, "password": password})
    assert answer["Location"] == STEP
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def change_by_link(person: Person) -> None:
    passwords.choose_password_by_link(person, NEW, by=acting(person), privacy_version=None)


def change_signed_in(person: Person) -> None:
    passwords.change_password(person, NEW, by=acting(person), keep_session="")


@pytest.mark.parametrize("change", [change_by_link, change_signed_in])
def test_sign_in_with_an_old_password_does_not_outlive_its_change(change: Any) -> None:
    person = people.citizen()
    secret, codes = factor.enrolled(person)
    client = waiting(person)
    assert client.get(STEP).status_code == 200
    change(Person.objects.get(pk=person.pk))
    for answer in (client.get(STEP), client.post(STEP, {"code": factor.code(secret)})):
        assert (answer.status_code, answer["Location"]) == (303, "/akun/masuk/")
    assert client.post(STEP, {"code": codes[0]})["Location"] == "/akun/masuk/"
    assert not is_in(client)
    fresh = waiting(person, NEW)
    assert fresh.post(STEP, {"code": factor.code(secret)}).status_code == 303
    assert is_in(fresh)


def test_sign_in_that_began_without_a_password_begins_anew() -> None:
    """Confirming the address in the browser that registered, of an account with a second factor by now."""
    client = Client()
    assert client.post("/akun/daftar/", form(email="sari@contoh.id")).status_code == 303
    person = Person.objects.get(email="sari@contoh.id")
    secret, _codes = factor.enrolled(person)
    link = next(post.link_in(letter) for letter in post.letters() if "konfirmasi" in post.link_in(letter))
    client.post(link)
    assert client.post(STEP, {"code": factor.code(secret)})["Location"] == "/akun/masuk/"
    assert not is_in(client)


def test_try_that_was_turned_away_because_others_hash_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0.05)
    person = people.citizen()
    _secret, codes = factor.enrolled(person)
    client = waiting(person)
    taken = [slot for slot in [hashing._slots] * hashing.SLOTS if slot.acquire(timeout=5)]
    try:
        answers = [client.post(STEP, {"code": codes[0]}) for _turn in range(quotas.SECOND_FACTOR.allowed + 1)]
    finally:
        for slot in taken:
            slot.release()
    assert {answer.status_code for answer in answers} == {503}
    assert answers[0]["Retry-After"] == str(hashing.RETRY_SECONDS)
    counted = Limit.objects.filter(key__startswith="second-factor")
    assert set(counted.values_list("count", flat=True)) <= {0}
    assert client.post(STEP, {"code": codes[0]}).status_code == 303
    assert is_in(client)
