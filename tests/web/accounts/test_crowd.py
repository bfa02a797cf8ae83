"""Limits: 500 people behind one address are served, guessing is not, and a restart forgets nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.db import connection
from django.test import Client

from rembuk.accounts import links, quotas
from rembuk.accounts.models import Limit, Person
from rembuk.accounts.quotas import (
    RESET_NETWORK,
    SIGN_IN,
    SIGN_IN_ACCOUNT,
    SIGN_IN_NETWORK,
    SIGN_IN_UNDER_ATTACK,
)
from rembuk.common import clock
from rembuk.common.errors import TooMany
from rembuk.siteconfig.selectors import privacy_version
from rembuk.web.answers import OF_NETWORK
from tests import desk_people, people

pytestmark = pytest.mark.django_db
OFFICE = "203.0.113.7"
WRONG = "salah-sekali-2026"


@pytest.fixture
def hour() -> Iterator[Any]:
    """The beginning of an hour, so that all counts of it fall into the same windows."""
    start = clock.now().replace(minute=0, second=0, microsecond=0)
    with time_machine.travel(start, tick=False) as traveller:
        yield traveller


@pytest.fixture
def _quick_hash(settings: Any) -> None:
    """A crowd does not wait for the hash of its passwords; everything else is as it is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def enter(client: Client, name: str, password: str = people.PASSWORD) -> int:
    return int(client.post("/akun/masuk/", {"email": name, "password": password}).status_code)


def tried_before(times: int) -> None:
    """So many wrong tries on other accounts have come from the office's address."""
    for _turn in range(times):
        with suppress(TooMany):
            SIGN_IN_NETWORK.spend(OFFICE)


@pytest.mark.usefixtures("_quick_hash")
def test_five_hundred_people_behind_one_address_within_an_hour(hour: Any) -> None:
    refused = []
    for number in range(500):
        client, email = Client(REMOTE_ADDR=OFFICE), f"warga{number}@contoh.id"
        given = {
            "name": "Warga",
            "email": email,
            "password": people.PASSWORD,
            "adult": "on",
            "privacy": "on",
            "privacy_version": privacy_version(),
            "website": "",
        }
        statuses = [client.post("/akun/daftar/", {**given, "password": "pendek"}).status_code]
        statuses.append(client.post("/akun/daftar/", given).status_code)
        key = links.confirmation_path(EmailAddress.objects.get(email=email))
        statuses.append(client.post(key).status_code)
        other = Client(REMOTE_ADDR=OFFICE)
        if number % 2:
            statuses += [enter(other, email, WRONG), enter(other, email, WRONG)]
        statuses.append(enter(other, email))
        statuses.append(
            Client(REMOTE_ADDR=OFFICE).post("/akun/lupa-kata-sandi/", {"email": email}).status_code
        )
        if 429 in statuses:
            refused.append((number, statuses))
        hour.shift(timedelta(seconds=7))
    assert refused == []
    assert Person.objects.filter(last_login__isnull=False).count() == 500


@pytest.mark.usefixtures("_quick_hash")
def test_one_password_on_many_accounts_from_one_address_is_stopped(hour: Any) -> None:
    tried_before(SIGN_IN_NETWORK.allowed - 20)
    statuses = [enter(Client(REMOTE_ADDR=OFFICE), f"warga{n}@contoh.id", WRONG) for n in range(25)]
    assert SIGN_IN_NETWORK.allowed <= 300
    assert statuses == [422] * 20 + [429] * 5


def test_own_rightful_sign_ins_buy_no_tries_on_others(hour: Any) -> None:
    mine = people.citizen(email="penyerang@contoh.id").email or ""
    tried_before(SIGN_IN_NETWORK.allowed - 8)
    statuses = []
    for number in range(11):
        statuses.append(enter(Client(REMOTE_ADDR=OFFICE), f"warga{number}@contoh.id", WRONG))
        enter(Client(REMOTE_ADDR=OFFICE), mine)
    assert statuses.count(422) == 8


def test_refusal_of_the_address_is_marked_and_the_same_for_everybody_there(hour: Any) -> None:
    tried_before(SIGN_IN_NETWORK.allowed)
    words = [{"email": f"warga{number}@contoh.id", "password": WRONG} for number in range(2)]
    clients = [Client(REMOTE_ADDR=OFFICE) for _ in words]
    for client in clients:
        client.get("/akun/masuk/")  # a token of one's own
    first, second = (client.post("/akun/masuk/", sent) for client, sent in zip(clients, words, strict=True))
    assert (first.status_code, second.status_code) == (429, 429)
    assert first.headers[OF_NETWORK] == second.headers[OF_NETWORK]
    assert first.content == second.content


def test_refusal_of_somebody_signed_in_is_not_marked_as_for_everybody() -> None:
    client = Client(REMOTE_ADDR=OFFICE)
    client.force_login(people.citizen("Xaverius Penanda"))
    for _turn in range(RESET_NETWORK.allowed):
        RESET_NETWORK.spend(OFFICE)
    asked = {"email": "warga@contoh.id"}
    own = client.post("/akun/lupa-kata-sandi/", asked)
    assert (own.status_code, OF_NETWORK in own.headers) == (429, False)
    visitor = Client(REMOTE_ADDR=OFFICE).post("/akun/lupa-kata-sandi/", asked)
    assert (visitor.status_code, OF_NETWORK in visitor.headers) == (429, True)


def test_refusal_of_one_account_is_not_marked_as_that_of_the_address(hour: Any) -> None:
    for _turn in range(SIGN_IN.allowed):
        enter(Client(REMOTE_ADDR=OFFICE), "kikuk@contoh.id", WRONG)
    answer = Client(REMOTE_ADDR=OFFICE).post("/akun/masuk/", {"email": "kikuk@contoh.id", "password": WRONG})
    assert (answer.status_code, OF_NETWORK in answer.headers) == (429, False)


def test_wrong_tries_of_one_never_lock_out_a_neighbour(hour: Any) -> None:
    people.citizen(email="kikuk@contoh.id")
    neighbour = people.citizen(email="tetangga@contoh.id")
    for _turn in range(SIGN_IN.allowed + 5):
        enter(Client(REMOTE_ADDR=OFFICE), "kikuk@contoh.id", WRONG)
    assert enter(Client(REMOTE_ADDR=OFFICE), neighbour.email or "") == 303


def test_browser_that_was_here_before_is_never_locked_out_by_others(hour: Any) -> None:
    person = people.citizen(email="warga@contoh.id")
    own = Client(REMOTE_ADDR=OFFICE)
    assert enter(own, person.email or "") == 303
    own.post("/akun/keluar/")
    for _turn in range(SIGN_IN.allowed + 1):
        last = enter(Client(REMOTE_ADDR=OFFICE), person.email or "", WRONG)
    tried_before(SIGN_IN_NETWORK.allowed)
    assert last == 429
    assert enter(Client(REMOTE_ADDR=OFFICE), person.email or "") == 429
    assert enter(own, "WARGA@contoh.id") == 303


def test_known_browser_has_a_limit_of_its_own_and_is_known_for_its_accounts_only(hour: Any) -> None:
    person, other = people.citizen(email="warga@contoh.id"), people.citizen(email="lain@contoh.id")
    own = Client(REMOTE_ADDR=OFFICE)
    enter(own, person.email or "")
    own.post("/akun/keluar/")
    tried_before(SIGN_IN_NETWORK.allowed)
    assert enter(own, other.email or "", WRONG) == 429
    statuses = [enter(own, person.email or "", WRONG) for _turn in range(SIGN_IN.allowed + 1)]
    assert statuses == [422] * SIGN_IN.allowed + [429]


@pytest.mark.parametrize("cookie", ["", "x", "e30:1abc:xyz", "a" * 4000])
def test_forged_mark_of_a_known_browser_is_worth_nothing(cookie: str) -> None:
    person = people.citizen()
    tried_before(SIGN_IN_NETWORK.allowed)
    client = Client(REMOTE_ADDR=OFFICE)
    client.cookies["rembuk_known"] = cookie
    assert enter(client, person.email or "") == 429


def test_mark_of_a_known_browser_is_for_the_sign_in_page_alone_and_names_nobody() -> None:
    person = people.citizen(email="warga@contoh.id")
    client = Client()
    answer = client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    mark = answer.cookies["rembuk_known"]
    assert (mark["path"], mark["httponly"], mark["samesite"]) == ("/akun/masuk/", True, "Strict")
    assert "warga" not in mark.value
    assert str(person.public_id) not in mark.value


def test_nobody_elsewhere_locks_out_the_owner_of_an_account(hour: Any) -> None:
    _person, code = desk_people.with_code()
    owner = people.citizen(email="warga@contoh.id")
    for name in ("warga@contoh.id", "sarinah-47294"):
        for _turn in range(SIGN_IN_ACCOUNT.allowed + 20):
            with suppress(TooMany):
                SIGN_IN_ACCOUNT.spend(quotas.fingerprint(name))
        for _turn in range(SIGN_IN_UNDER_ATTACK.allowed + 1):
            last = enter(Client(REMOTE_ADDR="198.51.100.1"), name, WRONG)
    assert last == 429
    assert enter(Client(REMOTE_ADDR=OFFICE), "sarinah-47294", WRONG) == 422
    assert enter(Client(REMOTE_ADDR=OFFICE), "sarinah-47294", code) == 303
    assert enter(Client(REMOTE_ADDR=OFFICE), owner.email or "") == 303


def test_account_under_attack_has_fewer_tries_from_each_address(hour: Any) -> None:
    who = quotas.fingerprint("warga@contoh.id")
    people.citizen(email="warga@contoh.id")
    for _turn in range(SIGN_IN_ACCOUNT.allowed):
        SIGN_IN_ACCOUNT.spend(who)
    statuses = [enter(Client(REMOTE_ADDR="198.51.100.9"), "warga@contoh.id", WRONG) for _turn in range(5)]
    assert statuses == [422] * SIGN_IN_UNDER_ATTACK.allowed + [429] * 2


def test_limit_is_a_row_and_holds_after_everything_in_memory_is_gone(hour: Any) -> None:
    people.citizen(email="warga@contoh.id")
    for _turn in range(SIGN_IN.allowed):
        enter(Client(REMOTE_ADDR=OFFICE), "warga@contoh.id", WRONG)
    for name in caches:
        caches[name].clear()
    key = f"sign-in:{quotas.fingerprint('warga@contoh.id')}:{OFFICE}"
    assert Limit.objects.get(key=key).count == SIGN_IN.allowed
    assert enter(Client(REMOTE_ADDR=OFFICE), "warga@contoh.id") == 429


_ELSEWHERE = """
import sys
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from rembuk.accounts.quotas import SIGN_IN
from rembuk.common.errors import TooMany
try:
    SIGN_IN.spend("warga", "203.0.113.7")
except TooMany as refusal:
    print("refused", refusal.retry_after)
else:
    print("allowed")
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("spent", "said"), [(SIGN_IN.allowed, "refused"), (SIGN_IN.allowed - 1, "allowed")])
def test_limit_holds_in_a_process_that_starts_afterwards(spent: int, said: str) -> None:
    moment = clock.now()
    for shift in (timedelta(), timedelta(minutes=15)):
        for _turn in range(spent):
            SIGN_IN.spend("warga", OFFICE, at=moment + shift)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "rembuk.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    run = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(connection.settings_dict["NAME"])],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.stdout.startswith(said), run.stderr
