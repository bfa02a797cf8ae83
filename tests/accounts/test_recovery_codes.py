"""Recovery codes at rest: slow hashes with one salt a set, one hash a try, and never while a row is locked."""

import re
import threading
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.accounts.actions import second_factor
from rembuk.accounts.models import Person, RecoveryCode
from rembuk.accounts.passwords import hashing
from rembuk.accounts.second_factor import recovery
from rembuk.audit.actors import SYSTEM
from rembuk.common.errors import Busy
from tests import people
from tests.accounts import factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Every slow hash that is made, as whether the row of the app was locked by then."""
    made: list[bool] = []
    encode, verify = hashing.Argon2.encode, hashing.Argon2.verify

    def is_locked() -> bool:
        return any("FOR NO KEY UPDATE" in query["sql"] for query in connection.queries_log)

    def counted_encode(self: hashing.Argon2, password: str, salt: str) -> str:
        made.append(is_locked())
        return encode(self, password, salt)

    def counted_verify(self: hashing.Argon2, password: str, encoded: str) -> bool:
        made.append(is_locked())
        return verify(self, password, encoded)

    monkeypatch.setattr(hashing.Argon2, "encode", counted_encode)
    monkeypatch.setattr(hashing.Argon2, "verify", counted_verify)
    return made


@pytest.fixture
def queries() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as found:
        yield found


def salts() -> set[str]:
    return {row.code_hash.split("$")[-2] for row in RecoveryCode.objects.all()}


def test_codes_of_a_set_share_a_salt_and_no_two_sets_do() -> None:
    person = people.citizen()
    factor.enrolled(person)
    kept = list(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert (len(kept), len(set(kept)), len(salts())) == (10, 10, 1)
    assert all(re.match(r"argon2\$argon2id\$v=19\$m=19456,t=2,p=1\$", code_hash) for code_hash in kept)
    factor.enrolled(people.citizen())
    assert len(salts()) == 2
    before = salts()
    second_factor.renew_codes(person, by=SYSTEM)
    assert len(salts() - before) == 1


@pytest.mark.parametrize("number", [0, 9, None])
def test_a_try_costs_one_hash_made_before_the_lock(
    number: int | None, hashed: list[bool], queries: CaptureQueriesContext
) -> None:
    person = people.citizen()
    _secret, codes = factor.enrolled(person)
    connection.queries_log.clear()
    hashed.clear()
    typed = "ACD34-EFG67" if number is None else codes[number]
    proof = second_factor.prove(person, typed, by=SYSTEM)
    assert proof == (None if number is None else "recovery")
    assert hashed == [False]
    assert any("FOR NO KEY UPDATE" in query["sql"] for query in queries.captured_queries)


def test_codes_are_hashed_before_the_lock_when_they_are_made(
    hashed: list[bool], queries: CaptureQueriesContext
) -> None:
    person = people.citizen()
    connection.queries_log.clear()
    hashed.clear()
    factor.enrolled(person)
    connection.queries_log.clear()
    second_factor.renew_codes(person, by=SYSTEM)
    assert hashed == [False] * 20


def test_code_of_the_app_costs_no_hash(hashed: list[bool]) -> None:
    person = people.citizen()
    secret, _codes = factor.enrolled(person)
    hashed.clear()
    assert second_factor.prove(person, factor.code(secret), by=SYSTEM) == "app"
    assert second_factor.prove(person, "x", by=SYSTEM) is None
    assert hashed == []


@pytest.mark.parametrize("iterations", [1000, PBKDF2PasswordHasher.iterations])
def test_codes_hashed_with_other_work_or_another_salt_still_fit(iterations: int) -> None:
    person = people.citizen()
    _secret, codes = factor.enrolled(person)
    row = RecoveryCode.objects.order_by("pk")[3]
    kept = PBKDF2PasswordHasher().encode(recovery.plain(codes[3]), "garamgaramgaramgaram22", iterations)
    RecoveryCode.objects.filter(pk=row.pk).update(code_hash=kept)
    alone = RecoveryCode.objects.order_by("pk")[5]
    RecoveryCode.objects.filter(pk=alone.pk).update(code_hash=make_password(recovery.plain(codes[5])))
    typed = [codes[3], codes[3], codes[5], codes[5], codes[7], "ACD34-EFG67"]
    proofs = [second_factor.prove(person, code, by=SYSTEM) for code in typed]
    assert proofs == ["recovery", None, "recovery", None, "recovery", None]


def test_code_that_was_used_or_replaced_between_finding_and_locking_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = people.citizen()
    _secret, codes = factor.enrolled(person)
    find = recovery.find

    def find_and_lose(code: str, among: object) -> RecoveryCode | None:
        found = find(code, among)  # type: ignore[arg-type]
        second_factor.renew_codes(person, by=SYSTEM)
        return found

    monkeypatch.setattr(recovery, "find", find_and_lose)
    assert second_factor.prove(person, codes[0], by=SYSTEM) is None
    assert RecoveryCode.objects.filter(person=person, used_at=None).count() == 10


def test_when_others_hash_nothing_is_used_up_or_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    person = people.citizen()
    secret, codes = factor.enrolled(person)
    kept = state(person)
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0.1)  # no place comes free here
    taken = [slot for slot in [hashing._slots] * hashing.SLOTS if slot.acquire(timeout=5)]
    try:
        for act in (
            lambda: second_factor.prove(person, codes[0], by=SYSTEM),
            lambda: second_factor.renew_codes(person, by=SYSTEM),
            lambda: second_factor.turn_on(person, secret, factor.code(secret), by=SYSTEM),
        ):
            with pytest.raises(Busy):
                act()
    finally:
        for slot in taken:
            slot.release()
    assert state(person) == kept


def test_who_got_a_place_for_the_first_code_waits_for_those_of_the_others(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0.1)
    encode = hashing.Argon2.encode

    def one_and_then_a_crowd(hasher: hashing.Argon2, password: str, salt: str) -> str:
        done = encode(hasher, password, salt)
        monkeypatch.setattr(hashing.Argon2, "encode", encode)
        taken = [hashing._slots.acquire(timeout=5) for _ in range(hashing.SLOTS)]
        for _ in taken:
            threading.Timer(0.5, hashing._slots.release).start()
        return done

    monkeypatch.setattr(hashing.Argon2, "encode", one_and_then_a_crowd)
    settings.PASSWORD_HASHERS = ["rembuk.accounts.passwords.hashing.Argon2"]
    assert len(set(recovery.hashes_of(recovery.new_codes()))) == recovery.COUNT


def state(person: Person) -> list[object]:
    """What is kept of the second factor."""
    codes = RecoveryCode.objects.filter(person=person).order_by("pk")
    return [*codes.values_list("code_hash", "used_at"), Authenticator.objects.get(user=person).data]
