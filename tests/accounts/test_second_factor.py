"""Turning on, proving, recovery codes, turning off, taking away: rows, trail, letters, sessions, two at once."""

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client, override_settings

from rembuk.accounts.actions import second_factor
from rembuk.accounts.models import Person, RecoveryCode
from rembuk.accounts.second_factor.selectors import codes_left, has_second_factor, second_factor_of
from rembuk.audit.actors import SYSTEM
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import now
from rembuk.common.errors import Busy, Invalid, WrongState
from tests import people
from tests.accounts import factor, post

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def signed_in(person: Person) -> Client:
    client = Client()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    assert client.get("/akun/").status_code == 200
    return client


def test_turning_on_keeps_no_secret_and_no_code_in_the_clear_and_ends_other_sessions() -> None:
    person = people.citizen()
    here, elsewhere = signed_in(person), signed_in(person)
    secret = second_factor.totp.new_secret()
    codes = second_factor.turn_on(
        person, secret, factor.code(secret), by=SYSTEM, keep_session=here.session.session_key or ""
    )
    row = Authenticator.objects.get(user=person)
    stored = [str(row.data), *RecoveryCode.objects.values_list("code_hash", flat=True)]
    assert not any(secret in text or code in text for text in stored for code in codes)
    assert (here.get("/akun/").status_code, elsewhere.get("/akun/").status_code) == (200, 302)
    assert verbs()[-1] == "person.second_factor_on"
    assert post.waiting() == [("second_factor_on", person.email)]


def test_turning_on_with_a_code_of_another_secret_changes_nothing() -> None:
    person, secret = people.citizen(), second_factor.totp.new_secret()
    with pytest.raises(Invalid) as refusal:
        second_factor.turn_on(person, secret, factor.wrong(secret), by=SYSTEM)
    assert list(refusal.value.fields) == ["code"]
    assert not has_second_factor(person)


def test_the_code_of_the_setup_is_used_up_by_it() -> None:
    person, secret = people.citizen(), second_factor.totp.new_secret()
    code = factor.code(secret)
    second_factor.turn_on(person, secret, code, by=SYSTEM)
    assert second_factor.prove(person, code, by=SYSTEM) is None


def test_a_code_proves_once_and_a_later_one_again() -> None:
    person = people.citizen()
    secret, _codes = factor.enrolled(person)
    code = factor.code(secret)
    proofs = [
        second_factor.prove(person, typed, by=SYSTEM) for typed in (code, code, factor.code(secret, ahead=1))
    ]
    assert proofs == ["app", None, "app"]
    assert Authenticator.objects.get(user=person).last_used_at <= now()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_two_who_send_the_same_code_at_once_one_is_let_in(kind: str) -> None:
    person = people.citizen()
    secret, codes = factor.enrolled(person)
    code = factor.code(secret) if kind == "app" else codes[0]
    start, results = threading.Barrier(4), []

    def send() -> None:
        start.wait()
        while True:
            with suppress(Busy):  # on a slow machine; nothing was used up, so the person tries again
                results.append(second_factor.prove(person, code, by=SYSTEM))
                break
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results, key=str) == [None, None, None, kind]


def test_a_recovery_code_proves_once_and_is_told_to_the_person() -> None:
    person = people.citizen()
    _secret, codes = factor.enrolled(person)
    typed = codes[3].lower().replace("-", "")
    assert [second_factor.prove(person, typed, by=SYSTEM) for _ in range(2)] == ["recovery", None]
    assert codes_left(person) == 9
    assert verbs()[-1] == "person.recovery_code_used"
    assert AuditEntry.objects.latest("pk").after == {"left": 9}
    assert post.waiting()[-1] == ("recovery_code_used", person.email)


def test_codes_of_somebody_else_prove_nothing() -> None:
    person, other = people.citizen(), people.citizen()
    factor.enrolled(person)
    secret, codes = factor.enrolled(other)
    assert [second_factor.prove(person, typed, by=SYSTEM) for typed in (factor.code(secret), codes[0])] == [
        None,
        None,
    ]


def test_without_a_second_factor_nothing_is_a_proof() -> None:
    person = people.citizen()
    assert second_factor.prove(person, "123456", by=SYSTEM) is None
    assert second_factor_of(person) is None


def test_new_codes_make_the_earlier_ones_worthless() -> None:
    person = people.citizen()
    _secret, old = factor.enrolled(person)
    fresh = second_factor.renew_codes(person, by=SYSTEM)
    assert [second_factor.prove(person, code, by=SYSTEM) for code in (old[0], fresh[0])] == [None, "recovery"]
    assert "person.recovery_codes_made" in verbs()


def test_another_app_takes_the_place_of_the_first() -> None:
    person = people.citizen()
    first, old_codes = factor.enrolled(person)
    second, _codes = factor.enrolled(person)
    typed = (factor.code(first), old_codes[0], factor.code(second))
    assert [second_factor.prove(person, code, by=SYSTEM) for code in typed] == [None, None, "app"]
    assert Authenticator.objects.filter(user=person).count() == 1


def test_turning_off_removes_all_and_is_told() -> None:
    person = people.citizen()
    factor.enrolled(person)
    second_factor.turn_off(person, by=SYSTEM)
    assert not has_second_factor(person)
    assert not RecoveryCode.objects.filter(person=person).exists()
    assert (verbs()[-1], post.waiting()[-1][0]) == ("person.second_factor_off", "second_factor_off")


def test_reset_removes_all_ends_sessions_and_keeps_the_reason() -> None:
    person = people.citizen()
    client = signed_in(person)
    secret = second_factor.totp.new_secret()
    key = client.session.session_key or ""
    second_factor.turn_on(person, secret, factor.code(secret), by=SYSTEM, keep_session=key)
    assert second_factor.reset(person, by=SYSTEM, reason="Ponsel hilang, ditelepon di nomor kantor") == 1
    entry = AuditEntry.objects.get(verb="person.second_factor_reset")
    assert (entry.after, entry.reason) == ({"sessions": 1}, "Ponsel hilang, ditelepon di nomor kantor")
    assert client.get("/akun/").status_code == 302
    assert (has_second_factor(person), post.waiting()[-1][0]) == (False, "second_factor_reset")


@pytest.mark.parametrize(
    "act",
    [
        lambda person: second_factor.turn_off(person, by=SYSTEM),
        lambda person: second_factor.renew_codes(person, by=SYSTEM),
        lambda person: second_factor.reset(person, by=SYSTEM, reason="Hilang"),
    ],
    ids=["off", "codes", "reset"],
)
def test_acts_on_a_second_factor_that_is_not_there_are_refused(act: Callable[[Person], object]) -> None:
    with pytest.raises(WrongState):
        act(people.citizen())


def test_with_another_key_the_app_fails_closed_and_a_recovery_code_still_works() -> None:
    person = people.citizen()
    secret, codes = factor.enrolled(person)
    with override_settings(SECRET_KEY="kunci-yang-baru-sekali"):
        assert second_factor.prove(person, factor.code(secret), by=SYSTEM) is None
        assert second_factor.prove(person, codes[0], by=SYSTEM) == "recovery"


@pytest.mark.parametrize("kind", sorted(second_factor.texts.SECOND_FACTOR))
def test_each_letter_says_what_to_do_if_it_was_somebody_else(kind: str) -> None:
    second_factor.posting.post(kind, people.citizen(email="sari@contoh.id"))
    (letter,) = post.letters()
    assert letter.to == ["sari@contoh.id"]
    assert "%(" not in f"{letter.subject}{letter.body}"
