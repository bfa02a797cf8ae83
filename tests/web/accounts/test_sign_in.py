"""Signing in and out: one answer for every failure, limits per account and place, records, suspension."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from structlog.testing import capture_logs

from rembuk.accounts.models import Person
from rembuk.accounts.quotas import SIGN_IN, SIGN_IN_NETWORK
from rembuk.audit.models import AuditEntry
from tests import people
from tests.accounts import post

pytestmark = pytest.mark.django_db
URL = "/akun/masuk/"


def enter(client: Client, person: Person, password: str = people.PASSWORD, **more: Any) -> Any:
    return client.post(URL, {"email": person.email, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_sign_in_leads_to_the_own_page_and_is_recorded(client: Client) -> None:
    person = people.citizen()
    answer = enter(client, person)
    entry = AuditEntry.objects.get(verb="person.signed_in")
    assert (answer.status_code, answer["Location"]) == (303, "/akun/")
    assert is_in(client)
    assert (entry.actor_person_id, entry.target_key, entry.address) == (
        person.pk,
        str(person.pk),
        "127.0.0.0/24",
    )


def test_sign_in_address_in_capitals_is_the_same(client: Client) -> None:
    person = people.citizen(email="sari@contoh.id")
    client.post(URL, {"email": "SARI@Contoh.ID", "password": people.PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_sign_in_leads_back_to_where_the_person_was(client: Client) -> None:
    answer = enter(client, people.citizen(), next="/usulan/?q=jalan")
    assert answer["Location"] == "/usulan/?q=jalan"


def test_sign_in_never_leads_to_another_site(client: Client) -> None:
    answer = enter(client, people.citizen(), next="//jahat.example/")
    assert answer["Location"] == "/akun/"


def test_sign_in_unknown_address_and_wrong_password_look_the_same() -> None:
    people.citizen(email="ada@contoh.id")
    wrong, unknown = (
        Client().post(URL, {"email": email, "password": "salah-sekali-2026"})
        for email in ("ada@contoh.id", "tak@contoh.id")
    )
    page = wrong.content.decode().replace("ada@", "tak@")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert _without_token(page) == _without_token(unknown.content.decode())


def test_sign_in_failure_is_logged_without_the_address(client: Client) -> None:
    with capture_logs() as logs:
        client.post(URL, {"email": "tak@contoh.id", "password": "salah-sekali-2026"})
    (event,) = [log for log in logs if log["event"] == "sign_in.failed"]
    assert "tak@contoh.id" not in str(event)
    assert len(event["account"]) == 24


def test_sign_in_too_many_wrong_tries_end_in_429_for_that_account_there_only(client: Client) -> None:
    victim, neighbour = people.citizen(), people.citizen()
    statuses = [enter(client, victim, "salah-sekali-2026").status_code for _ in range(SIGN_IN.allowed + 1)]
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert statuses == [422] * SIGN_IN.allowed + [429]
    assert enter(client, victim).status_code == 429
    assert enter(Client(), neighbour).status_code == 303
    assert enter(elsewhere, victim).status_code == 303


def test_sign_in_rightful_ones_are_not_counted(client: Client) -> None:
    person = people.citizen()
    statuses = {enter(Client(), person).status_code for _ in range(SIGN_IN.allowed + 2)}
    assert statuses == {303}


def test_sign_in_network_limit_is_generous(client: Client) -> None:
    assert SIGN_IN_NETWORK.allowed >= 100
    for _ in range(SIGN_IN_NETWORK.allowed):
        SIGN_IN_NETWORK.spend("127.0.0.1")
    assert enter(client, people.citizen()).status_code == 429


def test_sign_in_unconfirmed_address_gets_another_letter(client: Client) -> None:
    person = people.citizen()
    person.emailaddress_set.update(verified=False)
    answer = enter(client, person)
    assert (answer.status_code, answer["Location"]) == (303, "/akun/daftar/terkirim/")
    assert not is_in(client)
    assert post.waiting() == [("confirm", person.email)]


def suspended(**fields: Any) -> Person:
    person = people.citizen()
    values = {
        "is_active": False,
        "suspended_at": people.LONG_AGO,
        "suspension_reason": "Iklan berulang",
        **fields,
    }
    Person.objects.filter(pk=person.pk).update(**values)
    return person


def test_sign_in_suspended_person_reads_the_reason_after_the_right_password_only(client: Client) -> None:
    person = suspended()
    wrong = enter(client, person, "salah-sekali-2026")
    right = enter(client, person)
    assert (wrong.status_code, right.status_code) == (422, 403)
    assert "Iklan berulang" not in wrong.content.decode()
    assert "Iklan berulang" in right.content.decode()
    assert not is_in(client)


def test_sign_in_after_the_end_of_a_suspension_works_again(client: Client) -> None:
    person = suspended(suspended_until=datetime.now(UTC) - timedelta(minutes=1))
    answer = enter(client, person)
    person.refresh_from_db()
    assert answer.status_code == 303
    assert (person.is_active, person.suspension_reason) == (True, "")
    assert AuditEntry.objects.filter(verb="person.suspension_over", target_key=str(person.pk)).exists()


def test_sign_in_session_lasts_two_weeks_and_gets_a_new_key(client: Client) -> None:
    client.get(URL)
    session = client.session
    session["drafts"] = []
    session.save()
    before = session.session_key
    answer = enter(client, people.citizen())
    assert answer.cookies["rembuk_session"]["max-age"] == 14 * 24 * 3600
    assert client.session.session_key != before


def test_sign_out_by_link_asks_and_by_button_ends(client: Client) -> None:
    client.force_login(people.citizen())
    asked = client.get("/akun/keluar/")
    was_in = is_in(client)
    done = client.post("/akun/keluar/")
    assert (asked.status_code, was_in) == (200, True)
    assert (done.status_code, done["Location"]) == (303, "/")
    assert not is_in(client)
    assert AuditEntry.objects.filter(verb="person.signed_out").exists()


def test_sign_out_needs_the_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.citizen())
    assert client.post("/akun/keluar/").status_code == 403
    assert is_in(client)


def _without_token(page: str) -> str:
    import re

    return re.sub(r'value="([A-Za-z0-9]{64}|[\w-]{22})"', "", page)
