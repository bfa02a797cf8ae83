"""Staff and the days of grace: reminded within them, led to the setup after them, in open sessions too."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.accounts.second_factor import grace
from rembuk.audit.actors import SYSTEM
from rembuk.siteconfig.actions import change_settings
from rembuk.siteconfig.models import Setting
from rembuk.siteconfig.seeding import require_second_factor
from rembuk.siteconfig.selectors import current
from rembuk.web.accounts.second_factor import required
from tests import people, scenes
from tests.accounts import factor
from tests.siteconfig.requiring import require_of_staff

pytestmark = pytest.mark.django_db
DESK, SETUP = "/kelola/", "/akun/faktor-kedua/atur/"
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def opened(answer: Any) -> str:
    """How the desk answered: open, reminded, or led to the setup."""
    if answer.status_code == 303:
        assert answer["Location"] == SETUP
        return "closed"
    assert answer.status_code == 200
    return "reminded" if SETUP in answer.content.decode() else "open"


# Required since, first role since (days from the start), days of grace, the day, and what the desk does.
TABLE = [
    (None, 0, 14, 400, "open"),
    (0, -300, 14, 0, "reminded"),
    (0, -300, 14, 13.9, "reminded"),
    (0, -300, 14, 14, "closed"),
    (0, 10, 14, 14, "reminded"),
    (0, 10, 14, 23.9, "reminded"),
    (0, 10, 14, 24, "closed"),
    (20, 10, 14, 33.9, "reminded"),
    (20, 10, 14, 34, "closed"),
    (0, -300, 0, 0, "closed"),
]


@pytest.mark.parametrize(("since", "role", "days", "day", "desk"), TABLE)
def test_table(since: int | None, role: int, days: int, day: float, desk: str) -> None:
    place, person = scenes.regency(), people.citizen()
    people.grant(person, "moderator", place.root, starts_at=START + role * DAY)
    if since is not None:
        require_of_staff(START + since * DAY, days=days)
    with time_machine.travel(START + day * DAY, tick=False):
        assert opened(client_of(person).get(DESK)) == desk


def test_the_first_role_in_force_counts_and_not_an_ended_one() -> None:
    place, person = scenes.regency(), people.citizen()
    people.grant(person, "moderator", place.root, starts_at=START - 90 * DAY, ends_at=START - DAY)
    people.grant(person, "assessor", place.works, starts_at=START + 5 * DAY)
    people.grant(person, "moderator", place.works, starts_at=START + 12 * DAY)
    require_of_staff(START)
    with time_machine.travel(START + 13 * DAY, tick=False):
        assert required.due_for(Person.objects.get(pk=person.pk)) == START + 19 * DAY


def test_pages_of_setting_up_say_since_when_the_desk_is_closed_once_the_days_are_over() -> None:
    place = scenes.regency()
    with time_machine.travel(START, tick=False) as clock:
        person = people.staff("moderator", place.root)
        require_of_staff(START)
        before = client_of(person).get("/akun/faktor-kedua/atur/").content.decode()
        assert "terbuka bagi Anda" in before
        clock.shift(15 * DAY)
        client = client_of(person)
        for path in ("/akun/faktor-kedua/atur/", "/akun/faktor-kedua/"):
            page = strip_tags(client.get(path).content.decode())
            assert "Meja kerja tertutup bagi Anda sejak 16 Maret 2026" in page, path
            assert "terbuka bagi Anda" not in page, path


def test_due_is_nothing_without_a_role_or_a_requirement() -> None:
    assert grace.due(since=None, days=14, first_grant_at=START) is None
    assert grace.due(since=START, days=14, first_grant_at=None) is None
    require_of_staff(START)
    assert required.due_for(people.citizen()) is None


def test_reminder_names_the_day_on_every_page_of_the_desk() -> None:
    place = scenes.regency()
    require_of_staff(START)
    with time_machine.travel(START + DAY, tick=False):
        client = client_of(people.staff("administrator", place.root))
        for path in (DESK, "/kelola/kategori/", "/kelola/pengaturan/"):
            page = client.get(path).content.decode()
            assert "16 Maret 2026" in page, path


def test_open_session_is_led_to_the_setup_at_the_next_click_and_citizens_pages_stay() -> None:
    place = scenes.regency()
    with time_machine.travel(START, tick=False):
        client = client_of(people.staff("moderator", place.root))
        assert opened(client.get(DESK)) == "open"
        require_of_staff(days=0)
        answers = [
            client.get(DESK),
            client.get("/kelola/moderasi/"),
            client.post("/kelola/usulan/pilihan/", {}),
        ]
        assert [opened(answer) for answer in answers] == ["closed"] * 3
        assert [client.get(path).status_code for path in ("/", "/akun/", SETUP)] == [200] * 3
        assert client.get(DESK, headers={"HX-Request": "true"})["HX-Redirect"] == SETUP


def test_the_desk_opens_with_the_setup_and_what_was_typed_comes_back() -> None:
    place = scenes.regency()
    require_of_staff(START, days=0)
    person = people.staff("administrator", place.root)
    client = client_of(person)
    client.post("/kelola/kategori/baru/", {"name": "Kategori yang panjang namanya"})
    page = client.get(SETUP).content.decode()
    secret = page.partition('id="kunci">')[2].partition("<")[0].replace(" ", "")
    client.post(SETUP, {"code": factor.code(secret), "present": people.PASSWORD})
    assert client.post("/akun/faktor-kedua/kode/")["Location"] == "/akun/lanjutkan/"
    assert "Kategori yang panjang namanya" in client.get("/akun/lanjutkan/").content.decode()
    assert client.get(DESK).status_code == 200


def test_no_one_passes_by_a_right_that_she_lacks() -> None:
    require_of_staff(START, days=0)
    moderator = people.staff("moderator", scenes.regency().root)
    assert client_of(moderator).get("/kelola/pengaturan/situs/").status_code == 403


def test_staff_with_a_second_factor_are_asked_nothing_more(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    place = scenes.regency()
    without = people.staff("moderator", place.root)
    client = client_of(without)
    client.get("/kelola/moderasi/")
    with django_assert_num_queries(6):
        client.get("/kelola/moderasi/")
    factor.enrolled(without)
    require_of_staff(START, days=0)
    browser = Client()
    browser.post("/akun/masuk/", {"email": without.email, "password": people.PASSWORD})
    secret = factor.secret_of(without)
    browser.post("/akun/masuk/kode/", {"code": factor.code(secret, ahead=1)})
    browser.get("/kelola/moderasi/")
    with django_assert_num_queries(6):
        assert browser.get("/kelola/moderasi/").status_code == 200


def test_new_site_requires_it_once_and_leaves_a_decision_alone() -> None:
    Setting.objects.filter(key__startswith="staff_two_factor").delete()
    assert require_second_factor(at=START)
    assert current().two_factor_since == START
    assert not require_second_factor(at=START + DAY)
    change_settings({"staff_two_factor": "off"}, by=SYSTEM)
    assert current().two_factor_since is None
    assert not require_second_factor(at=START + DAY)
    assert current().staff_two_factor == "off"


def test_turning_it_on_again_counts_from_then() -> None:
    require_of_staff(START)
    change_settings({"staff_two_factor_days": 7}, by=SYSTEM, at=START + DAY)
    assert current().two_factor_since == START
    change_settings({"staff_two_factor": "off"}, by=SYSTEM, at=START + 2 * DAY)
    require_of_staff(START + 3 * DAY)
    assert current().two_factor_since == START + 3 * DAY


def test_administrator_turns_it_on_by_the_page_of_settings() -> None:
    place = scenes.regency()
    person = people.staff("administrator", place.root)
    client = client_of(person)
    page = client.get("/kelola/pengaturan/situs/").content.decode()
    assert 'name="staff_two_factor"' in page
    assert rights.is_staff(person)
