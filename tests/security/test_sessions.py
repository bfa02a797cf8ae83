"""Sessions end when they must, and nobody can plant one."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.management.actions import people as management
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = "Melanggar pedoman berulang kali."


def _signed_in(person: Person) -> Client:
    client = Client()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    assert client.get("/akun/").status_code == 200
    return client


def test_planted_session_key_is_not_the_one_after_sign_in() -> None:
    client, person = Client(), people.citizen()
    client.cookies["rembuk_session"] = "a" * 32
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    assert client.cookies["rembuk_session"].value != "a" * 32
    assert Client(headers={"Cookie": "rembuk_session=" + "a" * 32}).get("/akun/").status_code == 302


@pytest.mark.parametrize("act", ["suspend_person", "end_person_sessions"])
def test_staff_act_ends_every_session_at_once(act: str) -> None:
    place, person = scenes.regency(), people.citizen()
    clients = [_signed_in(person), _signed_in(person)]
    admin = people.staff("administrator", place.root)
    end: Callable[..., object] = partial(getattr(management, act), person, by=admin, reason=WHY)
    end()
    assert [client.get("/akun/").status_code for client in clients] == [302, 302]


def test_suspended_staff_lose_the_desk_with_the_next_click() -> None:
    place = scenes.regency()
    moderator = people.staff("moderator", place.root)
    client = _signed_in(moderator)
    assert client.get("/kelola/moderasi/").status_code == 200
    management.suspend_person(moderator, by=people.staff("administrator", place.root), reason=WHY)
    assert client.get("/kelola/moderasi/").status_code == 302


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client) -> None:
    person = people.citizen()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    cookie = client.cookies["rembuk_session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert client.cookies["rembuk_csrf"]["httponly"] if "rembuk_csrf" in client.cookies else True


def test_sign_out_makes_the_old_cookie_worthless() -> None:
    client = _signed_in(people.citizen())
    kept = client.cookies["rembuk_session"].value
    client.post("/akun/keluar/")
    assert Client(headers={"Cookie": f"rembuk_session={kept}"}).get("/akun/").status_code == 302
