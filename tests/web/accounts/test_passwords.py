"""Forgotten, chosen by a link, changed: nobody learns who is known, and other devices are signed out."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import now
from rembuk.siteconfig.selectors import privacy_version
from tests import people
from tests.accounts import post

pytestmark = pytest.mark.django_db
NEW = "kata sandi baru 2027"


def ask(client: Client, email: str) -> Any:
    return client.post("/akun/lupa-kata-sandi/", {"email": email}, follow=True)


def link_for(person: Person) -> str:
    ask(Client(), person.email or "")
    return post.link_in(post.letters()[-1])


def may_enter(person: Person, password: str) -> bool:
    answer = Client().post("/akun/masuk/", {"email": person.email, "password": password})
    return answer.status_code == 303 and answer["Location"] == "/akun/"


def test_forgotten_known_and_unknown_address_get_the_same_answer() -> None:
    people.citizen(email="ada@contoh.id")
    known, unknown = ask(Client(), "ada@contoh.id"), ask(Client(), "tak@contoh.id")
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert len(post.waiting()) == 2
    assert [letter.to for letter in post.letters()] == [["ada@contoh.id"]]


def test_forgotten_suspended_person_gets_no_link() -> None:
    person = people.citizen()
    Person.objects.filter(pk=person.pk).update(is_active=False)
    ask(Client(), person.email or "")
    assert post.letters() == []


def test_choose_sets_the_password_and_signs_out_everywhere(client: Client) -> None:
    person = people.citizen()
    thief = Client()
    thief.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    link = link_for(person)
    answer = client.post(link, {"password": NEW})
    assert answer["Location"] == "/akun/kata-sandi-baru/selesai/"
    assert (may_enter(person, people.PASSWORD), may_enter(person, NEW)) == (False, True)
    assert thief.get("/akun/").status_code == 302
    assert AuditEntry.objects.get(verb="person.password_set").after == {"how": "link"}
    assert ("password_changed", person.email) in post.waiting()


def test_choose_link_works_once_and_ends_after_three_days(client: Client) -> None:
    person = people.citizen()
    old, used = link_for(person), link_for(person)
    with time_machine.travel(now() + timedelta(days=4)):
        assert client.get(old).status_code == 404
    client.post(used, {"password": NEW})
    assert client.get(used).status_code == 404
    assert client.get("/akun/atur-ulang/abc-def/").status_code == 404


def test_choose_weak_password_is_refused_at_its_field(client: Client) -> None:
    answer = client.post(link_for(people.citizen()), {"password": "1234567890"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["password"]


def test_choose_proves_the_address_too(client: Client) -> None:
    person = people.citizen()
    EmailAddress.objects.update(verified=False)
    client.post(link_for(person), {"password": NEW})
    assert EmailAddress.objects.get(user=person).verified
    assert may_enter(person, NEW)


def test_choose_invited_person_acknowledges_the_privacy_notice_first(client: Client) -> None:
    person = people.citizen()
    Person.objects.filter(pk=person.pk).update(privacy_version=None, adult_confirmed_at=None)
    link = link_for(person)
    refused = client.post(link, {"password": NEW})
    client.post(link, {"password": NEW, "adult": "on", "privacy": "on"})
    person.refresh_from_db()
    assert sorted(refused.context["form"].errors) == ["adult", "privacy"]
    assert person.privacy_version == privacy_version()
    assert person.adult_confirmed_at is not None


def test_change_keeps_this_browser_and_ends_the_others(client: Client) -> None:
    person = people.citizen()
    other = Client()
    for browser in (client, other):
        browser.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    answer = client.post("/akun/kata-sandi/", {"present": people.PASSWORD, "password": NEW})
    assert (answer.status_code, answer["Location"]) == (303, "/akun/pengaturan/")
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302
    assert may_enter(person, NEW)


def test_change_with_a_wrong_present_password_is_refused_and_limited(client: Client) -> None:
    person = people.citizen()
    client.force_login(person)
    sent = {"present": "salah-sekali-2026", "password": NEW}
    statuses = [client.post("/akun/kata-sandi/", sent).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    person.refresh_from_db()
    assert person.check_password(people.PASSWORD)
