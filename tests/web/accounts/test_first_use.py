"""The first time with a printed code: it opens one page, on which a password is chosen, and then it is used up."""

from typing import Any

import pytest
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.accounts.quotas import SIGN_IN
from rembuk.accounts.slips import shown_code
from rembuk.audit.models import AuditEntry
from rembuk.common import clock
from tests import desk_people, people
from tests.accounts import post

pytestmark = pytest.mark.django_db
URL, CHOOSE = "/akun/masuk/", "/akun/masuk/kata-sandi/"
CHOSEN = "bunga-sedap-malam-7"


def enter(client: Client, name: str, secret: str, **more: str) -> Any:
    return client.post(URL, {"email": name, "password": secret, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_code_leads_to_a_password_and_in(client: Client) -> None:
    person, code = desk_people.with_code()
    first = enter(client, "Sarinah 47294", shown_code(code), next="/usulan/")
    was_in = is_in(client)
    asked = client.get(CHOOSE)
    done = client.post(CHOOSE, {"password": CHOSEN})
    assert (first.status_code, first["Location"], was_in) == (303, CHOOSE, False)
    assert "sarinah-47294" in asked.content.decode()
    assert asked["Cache-Control"] == "private, no-store"
    assert (done.status_code, done["Location"]) == (303, "/usulan/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert AuditEntry.objects.filter(verb="person.signed_in", actor_person_id=person.pk).count() == 1
    assert post.waiting() == []
    assert client.get("/akun/").status_code == 200


def test_code_works_once_and_then_the_password(client: Client) -> None:
    _person, code = desk_people.with_code()
    enter(client, "sarinah-47294", code)
    client.post(CHOOSE, {"password": CHOSEN})
    assert enter(Client(), "sarinah-47294", code).status_code == 422
    later = Client()
    assert enter(later, "sarinah-47294", CHOSEN).status_code == 303
    assert is_in(later)


def test_code_opens_nothing_but_that_page(client: Client) -> None:
    _person, code = desk_people.with_code()
    enter(client, "sarinah-47294", code)
    assert client.get("/akun/").status_code == 302
    assert client.get("/akun/pengaturan/").status_code == 302


def test_choosing_without_a_code_leads_to_the_sign_in(client: Client) -> None:
    desk_people.with_code()
    for answer in (client.get(CHOOSE), client.post(CHOOSE, {"password": CHOSEN})):
        assert (answer.status_code, answer["Location"]) == (303, URL)


def test_choosing_later_than_twenty_minutes_needs_the_code_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _person, code = desk_people.with_code()
    enter(client, "sarinah-47294", code)
    kept = client.session["first_use"]
    session = client.session
    session["first_use"] = {**kept, "at": int(clock.now().timestamp()) - 1201}
    session.save()
    assert client.get(CHOOSE).status_code == 303


@pytest.mark.parametrize("how", ["replaced", "suspended"])
def test_choosing_ends_when_the_code_does(client: Client, how: str) -> None:
    person, code = desk_people.with_code()
    enter(client, "sarinah-47294", code)
    if how == "replaced":
        person.one_time_codes.all().delete()
    else:
        Person.objects.filter(pk=person.pk).update(is_active=False)
    assert client.post(CHOOSE, {"password": CHOSEN}).status_code == 303
    person.refresh_from_db()
    assert not person.has_usable_password()


@pytest.mark.parametrize("password", ["pendek", "1234567890123", "sarinah-47294", "CODE"])
def test_password_keeps_to_the_rules_and_is_not_the_code(client: Client, password: str) -> None:
    person, code = desk_people.with_code()
    enter(client, "sarinah-47294", code)
    answer = client.post(CHOOSE, {"password": shown_code(code) if password == "CODE" else password})
    person.refresh_from_db()
    assert answer.status_code == 422
    assert not person.has_usable_password()
    assert client.post(CHOOSE, {"password": CHOSEN}).status_code == 303


def test_suspended_person_reads_the_reason_after_the_right_code_only(client: Client) -> None:
    person, code = desk_people.with_code()
    Person.objects.filter(pk=person.pk).update(
        is_active=False, suspended_at=people.LONG_AGO, suspension_reason="Iklan berulang"
    )
    assert enter(client, "sarinah-47294", "SALAH-SALAH").status_code == 422
    answer = enter(client, "sarinah-47294", code)
    assert answer.status_code == 403
    assert "Iklan berulang" in answer.content.decode()


def test_wrong_codes_are_counted_like_wrong_passwords(client: Client) -> None:
    _person, code = desk_people.with_code()
    statuses = [enter(client, "sarinah-47294", "SALAH-SALAH").status_code for _ in range(SIGN_IN.allowed + 1)]
    assert statuses == [422] * SIGN_IN.allowed + [429]
    assert enter(client, "SARINAH 47294", code).status_code == 429
    assert enter(Client(REMOTE_ADDR="203.0.113.9"), "sarinah-47294", code).status_code == 303


def test_someone_signed_in_is_not_asked_to_choose(client: Client) -> None:
    client.force_login(desk_people.in_use())
    assert client.get(CHOOSE)["Location"] == URL


def test_own_pages_work_without_an_email_address(client: Client) -> None:
    person = desk_people.in_use()
    enter(client, "sarinah-47294", people.PASSWORD)
    pages = ["", "pengaturan/", "surel/", "sesi/", "data/", "hapus/", "kata-sandi/", "persetujuan/"]
    answers = {path: client.get(f"/akun/{path}") for path in [*pages, "pemberitahuan/"]}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert "None" not in answers["pengaturan/"].content.decode() + answers["surel/"].content.decode()
    assert "sarinah-47294" in answers["pengaturan/"].content.decode()
    changed = client.post("/akun/kata-sandi/", {"present": people.PASSWORD, "password": CHOSEN})
    person.refresh_from_db()
    assert (changed.status_code, person.check_password(CHOSEN)) == (303, True)
    assert post.waiting() == []


def test_email_address_added_and_confirmed_makes_an_ordinary_account(client: Client) -> None:
    person = desk_people.in_use()
    enter(client, "sarinah-47294", people.PASSWORD)
    client.post("/akun/surel/", {"email": "sarinah@contoh.id", "present": people.PASSWORD})
    (letter,) = post.letters()
    client.post(post.link_in(letter))
    person.refresh_from_db()
    assert (person.email, person.sign_in_name) == ("sarinah@contoh.id", "sarinah-47294")
    assert post.waiting() == []
    for name in ("sarinah@contoh.id", "sarinah-47294"):
        assert enter(Client(), name, people.PASSWORD).status_code == 303
    Client().post("/akun/lupa-kata-sandi/", {"email": "sarinah@contoh.id"})
    assert len(post.letters()) == 1
