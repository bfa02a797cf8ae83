"""Forms that came after the end of a session: they come back whole, lead nowhere else, are sent once; no secrets."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import resolve

from rembuk.accounts.models import Person
from rembuk.engagement.models import Comment
from rembuk.web.accounts.second_factor import setting_up
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.accounts import factor
from tests.engagement import talks
from tests.siteconfig.requiring import require_of_staff
from tests.web.engagement.pages import act

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
KEPT = "/akun/lanjutkan/"
UNIT = {
    "code": "1.03.09",
    "name": "Bidang Cipta Karya",
    "short_name": "",
    "kind": "division",
    "region": "",
    "email": "ck@contoh.id",
    "phone": "",
    "address": "Jalan Merdeka nomor 12",
}
WORDS = "Jalan ini memang rusak berat sejak banjir bulan lalu."
ELSEWHERE = ["javascript:alert(1)", "https://jahat.example/", "//jahat.example/", "https:jahat.example", ""]


@pytest.fixture
def clock() -> Iterator[Any]:
    """The time stands, and tests move it."""
    with time_machine.travel(AT, tick=False) as moving:
        yield moving


@pytest.fixture
def admin() -> Person:
    return people.staff("administrator", scenes.regency().root)


def enter(person: Person, client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})


def late(person: Person, clock: Any, path: str, data: dict[str, Any]) -> Client:
    """A browser that sent a form after the end, and in which the person has signed in again."""
    client, _answer = enter(person)
    clock.shift(timedelta(minutes=31))
    assert client.post(path, data).status_code == 302
    enter(person, client)
    return client


def hidden(client: Client) -> tuple[str, dict[str, str]]:
    """Where the page of the kept form sends it, and what."""
    page = client.get(KEPT).content.decode()
    action = re.search(r'action="([^"]+)" class="section" data-once', page)
    assert action is not None
    fields = re.findall(
        r'type="hidden" name="(\w+)" value="([^"]*)"', page.split(action[0])[1].split("</form>")[0]
    )
    assert [name for name, _value in fields[:2]] == ["csrfmiddlewaretoken", "kiriman"]  # the page's own
    given = {name: html.unescape(value) for name, value in fields[2:]}
    return html.unescape(action[1]), given


def test_form_of_a_unit_comes_back_whole_with_its_code_and_is_taken(admin: Person, clock: Any) -> None:
    root = WorkUnit.objects.get(parent=None)
    path = f"/kelola/satuan-kerja/{root.code}/baru/"
    client = late(admin, clock, path, UNIT)
    assert hidden(client) == (path, UNIT)
    assert client.post(*hidden(client)).status_code == 303
    assert WorkUnit.objects.get(code=UNIT["code"]).address == UNIT["address"]


# Where it leads.


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_page_that_a_form_names_is_taken_only_if_it_is_of_this_site(
    admin: Person, clock: Any, wanted: str
) -> None:
    path = "/akun/pengaturan/"
    client, _answer = enter(admin)
    clock.shift(timedelta(minutes=31))
    answer = client.post(path, {"name": "Nama yang panjang", "language": "id", "next": wanted})
    assert answer["Location"] == f"/akun/masuk/?sesi=berakhir&next={path}"
    enter(admin, client)
    page = client.get(KEPT).content.decode()
    assert f'<a class="btn btn-quiet" href="{path}">' in page
    assert client.post(KEPT)["Location"] == path


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_unsafe_page_in_the_session_leads_home(admin: Person, clock: Any, wanted: str) -> None:
    client = late(admin, clock, "/akun/pengaturan/", {"name": "Nama yang panjang"})
    session = client.session
    session["form_kept"] = {**session["form_kept"], "page": wanted}
    session.save()
    page = client.get(KEPT).content.decode()
    assert '<a class="btn btn-quiet" href="/akun/">' in page
    assert client.post(KEPT)["Location"] == "/akun/"


def test_page_of_this_site_is_led_back_to(admin: Person, clock: Any) -> None:
    client = late(admin, clock, "/akun/pengaturan/", {"name": "Nama", "next": "/usulan/?q=jalan"})
    assert client.post(KEPT)["Location"] == "/usulan/?q=jalan"


# Once.


def comment(person: Person) -> tuple[str, dict[str, str]]:
    """A comment to be sent, where staff may write one too."""
    place = scenes.regency()
    people.grant(person, "moderator", place.root)
    path = act(talks.subject(place.works, people.citizen("Pengusul")), "tulis")
    return path, {"body": WORDS, "kiriman": "7d0c7a3e-6d5f-4f0e-9d5c-2f2f0a2f8b11"}


def test_form_that_was_sent_from_the_page_is_kept_no_longer(clock: Any) -> None:
    person = people.citizen()
    path, data = comment(person)
    client = late(person, clock, path, data)
    assert client.post(*hidden(client)).status_code == 303
    assert client.get(KEPT)["Location"] == "/akun/"
    assert "form_kept" not in client.session
    assert enter(person)[1]["Location"] == "/akun/"
    assert Comment.objects.count() == 1


def test_form_that_was_refused_or_went_elsewhere_stays_kept(clock: Any) -> None:
    person = people.citizen()
    path, data = comment(person)
    client = late(person, clock, path, data)
    assert client.post(path, {**data, "body": ""}).status_code == 422
    assert client.post("/akun/pengaturan/", {"name": "Nama Baru", "language": "id"}).status_code == 303
    assert hidden(client) == (path, data)


def test_form_kept_before_the_setup_of_a_second_factor_is_not_taken_for_sent(
    admin: Person, clock: Any
) -> None:
    path = f"/kelola/satuan-kerja/{WorkUnit.objects.get(parent=None).code}/baru/"
    require_of_staff(days=0)
    client, _answer = enter(admin)
    for _turn in range(2):
        answer = client.post(path, UNIT)
        assert (answer.status_code, answer["Location"]) == (303, "/akun/faktor-kedua/atur/")
        assert hidden(client) == (path, UNIT)


# No secrets.

SECRET = [
    ("/akun/kata-sandi/", {"present": people.PASSWORD, "password": "kuda-laut-terbang-77"}),
    ("/akun/surel/", {"email": "baru@contoh.id", "present": "x"}),
    ("/akun/hapus/", {"present": people.PASSWORD}),
    ("/akun/faktor-kedua/atur/", {"code": "123456"}),
    ("/akun/faktor-kedua/kode/", {"code": "ACD34-EFG67"}),
    ("/akun/faktor-kedua/matikan/", {"code": "123456", "old_code": "654321"}),
    (KEPT, {"body": WORDS}),
    ("/akun/pengaturan/", {"name": "Nama", "password": people.PASSWORD}),
]


@pytest.mark.parametrize(("path", "data"), SECRET)
def test_passwords_and_codes_are_not_kept(admin: Person, clock: Any, path: str, data: dict[str, str]) -> None:
    client = late(admin, clock, path, data)
    assert "form_kept" not in client.session
    assert not any(value in str(dict(client.session)) for value in data.values() if len(value) > 1)


@pytest.mark.parametrize("is_enrolled", [True, False])
def test_every_own_page_that_asks_for_a_password_or_code_keeps_nothing(is_enrolled: bool) -> None:
    person, client = people.citizen(), Client()
    if is_enrolled:
        factor.enrolled(person)
    client.force_login(person)
    asking = set()
    for path in sorted({path for path, _data in SECRET} | {"/akun/", "/akun/sesi/", "/akun/persetujuan/"}):
        page = client.get(path).content.decode()
        if 'type="password"' in page or 'autocomplete="one-time-code"' in page:
            asking.add(path)
            assert resolve(path).func.is_nothing_kept, path
    assert len(asking) == (6 if is_enrolled else 4)


def test_secret_of_a_setup_that_was_left_is_gone_when_it_is_too_old(admin: Person, clock: Any) -> None:
    client, _answer = enter(admin)
    client.get("/akun/faktor-kedua/atur/")
    first = client.session["second_factor_secret"]
    clock.shift(timedelta(seconds=setting_up.LASTS + 1))
    client.get("/akun/faktor-kedua/kode/")
    client.get("/akun/faktor-kedua/atur/")
    assert client.session["second_factor_secret"][0] != first[0]
