"""Known and unknown names get the same answer: status, headers, cookies and every byte of the page but its tokens."""

import re
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.accounts.passwords.hashing import Argon2
from rembuk.siteconfig.selectors import privacy_version
from tests import desk_people, people
from tests.accounts import post

pytestmark = pytest.mark.django_db
WRONG = "salah-sekali-2026"
_TOKENS = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(r'name="kiriman" value="[^"]+"'),
    re.compile(r'nonce="[^"]+"'),
)
# Made anew for every answer, whoever asks.
_UNIQUE_HEADERS = {"x-request-id", "etag"}

type Ask = Callable[[Client, str], Any]


def seen(answer: Any, client: Client, name: str) -> dict[str, Any]:
    """All of an answer that could tell one case from another; what was typed counts as typed."""
    body = answer.content.decode()
    for token in _TOKENS:
        body = token.sub("", body)
    cookies = {
        key: {field: value for field, value in morsel.items() if field != "expires"}
        for key, morsel in answer.cookies.items()
    }
    return {
        "status": answer.status_code,
        "headers": {
            key.lower(): value for key, value in answer.headers.items() if key.lower() not in _UNIQUE_HEADERS
        },
        "cookies": cookies,
        "jar": sorted(client.cookies),
        "session": sorted(client.session.keys()),
        "body": body.replace(name, "NAME"),
    }


def hashed(act: Callable[[], Any]) -> tuple[Any, int]:
    """What an act returns, and how many passwords were hashed for it."""
    calls: list[int] = []

    def counting(real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            calls.append(1)
            return real(*args, **kwargs)

        return counted

    with (
        patch.object(Argon2, "encode", counting(Argon2.encode)),
        patch.object(Argon2, "verify", counting(Argon2.verify)),
    ):
        return act(), len(calls)


def sign_in(client: Client, name: str) -> Any:
    return client.post("/akun/masuk/", {"email": name, "password": WRONG})


def register(client: Client, name: str) -> Any:
    given = {
        "name": "Suharto",
        "email": name,
        "password": people.PASSWORD,
        "adult": "on",
        "privacy": "on",
        "privacy_version": privacy_version(),
        "website": "",
    }
    return client.post("/akun/daftar/", given)


def reset(client: Client, name: str) -> Any:
    return client.post("/akun/lupa-kata-sandi/", {"email": name})


def change(client: Client, name: str) -> Any:
    return client.post("/akun/surel/", {"email": name, "present": people.PASSWORD})


def cases() -> list[str]:
    """Addresses of every kind that is known, and one that is not."""
    people.citizen(email="adaa@contoh.id")
    people.citizen(email="belu@contoh.id").emailaddress_set.update(verified=False)
    waiting = people.citizen(email="unda@contoh.id")
    waiting.emailaddress_set.update(verified=False)
    Person.objects.filter(pk=waiting.pk).update(password="!belum")
    closed = people.citizen(email="tutu@contoh.id")
    Person.objects.filter(pk=closed.pk).update(is_active=False, suspended_at=people.LONG_AGO)
    return ["adaa@contoh.id", "belu@contoh.id", "unda@contoh.id", "tutu@contoh.id", "tiad@contoh.id"]


@pytest.mark.parametrize("ask", [sign_in, register, reset])
@pytest.mark.parametrize("follow", [False, True])
def test_visitor_gets_the_same_answer_at_the_same_cost(ask: Ask, follow: bool) -> None:
    found = []
    for name in cases():
        client = Client()
        client.get("/akun/masuk/")
        answer, cost = hashed(lambda client=client, name=name: ask(client, name))  # type: ignore[misc]
        if follow and answer.status_code == 303:
            answer = client.get(answer["Location"])
        found.append((seen(answer, client, name), cost))
    assert all(one == found[0] for one in found)
    assert found[0][1] == {"sign_in": 1, "register": 1, "reset": 0}[ask.__name__]


def test_sign_in_names_get_the_same_answer_at_the_same_cost() -> None:
    desk_people.with_code("Sarinah", "sarinah-22222")
    desk_people.in_use("Wagiyem", "wagiyem-33333")
    ended, _code = desk_people.with_code("Tukijah", "tukijah-44444")
    desk_people.run_out(ended)
    found = []
    for name in ("sarinah-22222", "wagiyem-33333", "tukijah-44444", "tiadaan-55555"):
        client = Client()
        answer, cost = hashed(lambda client=client, name=name: sign_in(client, name))  # type: ignore[misc]
        found.append((seen(answer, client, name), cost))
    assert all(one == found[0] for one in found)
    assert (found[0][0]["status"], found[0][1]) == (422, 1)


@pytest.mark.parametrize("follow", [False, True])
def test_somebody_who_changes_the_address_gets_the_same_answer(follow: bool) -> None:
    found = []
    for name in cases():
        client = Client()
        person = people.citizen("Sari", email="asal@contoh.id")
        client.force_login(person)
        answer, cost = hashed(lambda client=client, name=name: change(client, name))  # type: ignore[misc]
        if follow:
            answer = client.get(answer["Location"])
        found.append((seen(answer, client, name), cost))
        person.emailaddress_set.all().delete()
        Person.objects.filter(pk=person.pk).update(email=None, deleted_at=people.LONG_AGO)
    assert all(one == found[0] for one in found)
    told = {address: kind for kind, address in post.waiting()}
    assert told == {"adaa@contoh.id": "known", "tutu@contoh.id": "known", "tiad@contoh.id": "new_address"}


def test_the_comparison_sees_a_difference() -> None:
    """The negative control: what differs on the page, in a header or a cookie is found."""
    person = people.citizen(email="adaa@contoh.id")
    right, wrong = Client(), Client()
    answers = (
        right.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD}),
        sign_in(wrong, "adaa@contoh.id"),
    )
    one, other = (seen(*pair, "adaa@contoh.id") for pair in zip(answers, (right, wrong), strict=True))
    assert {key for key in one if one[key] != other[key]} >= {
        "status",
        "headers",
        "cookies",
        "body",
        "session",
    }
