"""Sessions past their limits, at the request that comes too late, and forms that were sent with it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from structlog.testing import capture_logs

from rembuk.accounts.actions.upkeep import forget_ended_sessions
from rembuk.accounts.models import Person
from rembuk.engagement.models import Comment
from rembuk.web.accounts.sessions import keeping
from tests import people, scenes
from tests.engagement import talks
from tests.web.engagement.pages import act

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SRC = Path(__file__).resolve().parents[3] / "src/rembuk/web"
WORDS = "Jalan ini memang rusak berat sejak banjir bulan lalu."


def signed_in(person: Person) -> Client:
    client = Client()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return bool(client.get("/akun/sesi/").status_code == 200)


# Steps of minutes between requests, and whether the last one still finds a session: citizen, staff.
TABLE = [
    ([29], True, True),
    ([31], True, False),
    ([20, 20, 20, 20], True, True),
    ([29, 29, 29], True, True),
    ([25] * 30, True, False),
    ([60 * 24 * 6] * 2, True, False),
    ([60 * 24 * 6] * 3, False, False),
    ([60 * 24 * 14], False, False),
]


@pytest.mark.parametrize(("steps", "citizen", "staff"), TABLE)
def test_table(steps: list[int], citizen: bool, staff: bool) -> None:
    place = scenes.regency()
    for person, expected in ((people.citizen(), citizen), (people.staff("moderator", place.root), staff)):
        with time_machine.travel(AT, tick=False) as clock:
            client, found = signed_in(person), True
            for minutes in steps:
                clock.shift(timedelta(minutes=minutes))
                found = is_in(client)
            assert found is expected


def test_somebody_who_becomes_staff_has_the_limits_of_staff_in_the_open_session() -> None:
    place, person = scenes.regency(), people.citizen()
    with time_machine.travel(AT, tick=False) as clock:
        client = signed_in(person)
        clock.shift(timedelta(hours=13))
        assert is_in(client)
        people.grant(person, "moderator", place.root, starts_at=AT)
        assert not is_in(client)


def test_end_removes_the_session_and_is_a_security_event() -> None:
    person = people.staff("moderator", scenes.regency().root)
    with time_machine.travel(AT, tick=False) as clock:
        client = signed_in(person)
        kept = client.cookies["rembuk_session"].value
        clock.shift(timedelta(minutes=31))
        with capture_logs() as logs:
            assert not is_in(client)
        clock.shift(timedelta(minutes=-31))
        assert not is_in(Client(headers={"Cookie": f"rembuk_session={kept}"}))
    (event,) = [log for log in logs if log["event"] == "session.over"]
    assert (event["person_id"], event["why"]) == (person.pk, "rest")
    assert not UserSession.objects.filter(user=person).exists()
    assert not Session.objects.filter(session_key=kept).exists()


def test_reader_is_led_back_to_the_page_and_told_why() -> None:
    person = people.staff("moderator", scenes.regency().root)
    with time_machine.travel(AT, tick=False) as clock:
        client = signed_in(person)
        clock.shift(timedelta(minutes=31))
        answer = client.get("/kelola/moderasi/?jenis=comment")
        page = client.get(answer["Location"]).content.decode()
    assert answer["Location"] == "/akun/masuk/?sesi=berakhir&next=/kelola/moderasi/%3Fjenis%3Dcomment"
    assert "notice-warn" in page
    assert 'value="/kelola/moderasi/?jenis=comment"' in page


def test_ordinary_request_costs_no_query_more(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        client = signed_in(people.staff("moderator", scenes.regency().root))
        client.get("/kelola/moderasi/")
        with django_assert_num_queries(6):
            client.get("/kelola/moderasi/")
        clock.shift(timedelta(seconds=59))
        with django_assert_num_queries(6):
            client.get("/kelola/moderasi/")


def test_only_the_progress_of_an_export_asks_by_itself_and_keeps_no_session_alive() -> None:
    """That it keeps none alive is asked in tests/web/exports/test_downloads.py."""
    texts = [path for folder in ("templates", "static/js") for path in (SRC / folder).rglob("*.*")]
    asking = [
        path.name for path in texts if re.search(r"hx-trigger=\"[^\"]*every|setInterval", path.read_text())
    ]
    assert len(texts) > 100
    assert asking == ["_export.html"]


def test_upkeep_removes_sessions_that_began_too_long_ago() -> None:
    person = people.citizen()
    with time_machine.travel(AT, tick=False) as clock:
        client = signed_in(person)
        clock.shift(timedelta(days=13))
        assert is_in(client)
        assert forget_ended_sessions() == 0
        clock.shift(timedelta(days=1))
        assert forget_ended_sessions() == 1


def test_list_of_own_sessions_says_when_each_ends_and_leaves_out_what_is_over() -> None:
    person = people.staff("moderator", scenes.regency().root)
    with time_machine.travel(AT, tick=False) as clock:
        signed_in(person)
        clock.shift(timedelta(minutes=50))
        client = signed_in(person)
        page = client.get("/akun/sesi/").content.decode()
    assert page.count('class="card-title"') == 1
    assert "20.50" in page


# What was typed.


def sent_too_late(person: Person, **more: Any) -> tuple[Client, str, Any, Any]:
    """A comment that comes after the end of the session: the browser, its address, the answer, the clock."""
    place = scenes.regency()
    people.grant(person, "moderator", place.root)
    path = act(talks.subject(place.works, people.citizen("Pengusul")), "tulis")
    client = signed_in(person)
    return client, path, {"body": WORDS, "key": "7d0c7a3e-6d5f-4f0e-9d5c-2f2f0a2f8b11", **more}, place


def test_comment_sent_after_the_end_comes_back_after_signing_in_and_is_sent_by_one_button() -> None:
    with time_machine.travel(AT, tick=False) as clock:
        person = people.citizen()
        client, path, data, _place = sent_too_late(person)
        clock.shift(timedelta(minutes=31))
        answer = client.post(path, data)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/akun/masuk/")
        entered = client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
        assert entered["Location"] == "/akun/lanjutkan/"
        page = client.get("/akun/lanjutkan/").content.decode()
        assert WORDS in page
        assert f'action="{path}"' in page
        again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        assert client.post(path, again).status_code == 303
    assert Comment.objects.get().body == WORDS


def test_kept_form_is_shown_to_nobody_else_in_the_same_browser() -> None:
    with time_machine.travel(AT, tick=False) as clock:
        person, other = people.citizen(), people.citizen()
        client, path, data, _place = sent_too_late(person)
        clock.shift(timedelta(minutes=31))
        client.post(path, data)
        entered = client.post("/akun/masuk/", {"email": other.email, "password": people.PASSWORD})
        assert entered["Location"] == "/akun/"
        assert WORDS not in client.get("/akun/lanjutkan/", follow=True).content.decode()
        assert WORDS not in str(dict(client.session.items()))


def test_kept_form_ends_after_an_hour_and_when_it_is_dropped() -> None:
    with time_machine.travel(AT, tick=False) as clock:
        person = people.citizen()
        client, path, data, _place = sent_too_late(person)
        clock.shift(timedelta(minutes=31))
        client.post(path, data)
        client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
        assert client.post("/akun/lanjutkan/")["Location"] == path
        assert client.get("/akun/lanjutkan/").status_code == 303
        clock.shift(timedelta(minutes=31))
        client.post(path, data)
        clock.shift(timedelta(seconds=keeping.LASTS + 1))
        entered = client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
        assert entered["Location"] == "/akun/"


def test_files_are_not_kept_and_the_page_says_so() -> None:
    with time_machine.travel(AT, tick=False) as clock:
        person = people.citizen()
        client, path, data, _place = sent_too_late(person, berkas=SimpleUploadedFile("foto.jpg", b"x"))
        clock.shift(timedelta(minutes=31))
        client.post(path, data)
        client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
        page = client.get("/akun/lanjutkan/").content.decode()
    assert WORDS in page
    assert f'action="{path}"' not in page
    assert "notice-warn" in page


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/akun/kata-sandi/", {"present": people.PASSWORD, "password": "kuda-laut-terbang-77"}),
        ("/akun/pengaturan/", {"body": "x" * (keeping.MOST + 1)}),
    ],
    ids=["a password", "too long"],
)
def test_passwords_and_what_is_too_long_are_not_kept(path: str, data: dict[str, str]) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        person = people.staff("moderator", scenes.regency().root)
        client = signed_in(person)
        clock.shift(timedelta(minutes=31))
        client.post(path, data)
        entered = client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
        assert entered["Location"] == "/akun/"


def test_fragment_asked_for_by_script_leads_the_whole_page_to_the_sign_in_and_is_kept() -> None:
    with time_machine.travel(AT, tick=False) as clock:
        person = people.citizen()
        client, path, data, _place = sent_too_late(person)
        clock.shift(timedelta(minutes=31))
        answer = client.post(path, data, headers={"HX-Request": "true"})
        assert answer["HX-Redirect"].startswith("/akun/masuk/?sesi=berakhir")
        entered = client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
        assert entered["Location"] == "/akun/lanjutkan/"
