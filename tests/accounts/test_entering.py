"""Who comes in with which name and secret, at the same cost for everybody."""

from typing import Any
from unittest.mock import patch

import pytest

from rembuk.accounts import entering, selectors
from rembuk.accounts.actions import codes
from rembuk.accounts.models import OneTimeCode, Person
from rembuk.accounts.passwords.hashing import Argon2
from rembuk.accounts.slips import shown_code
from rembuk.audit.actors import Actor
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import WrongState
from tests import desk_people, people

pytestmark = pytest.mark.django_db


def hashings(typed: str, secret: str) -> int:
    """How many times a password is hashed to recognise somebody."""
    real, calls = Argon2.encode, []

    def counted(*args: Any, **kwargs: Any) -> str:
        calls.append(1)
        return real(*args, **kwargs)

    verify = Argon2.verify

    def verified(*args: Any, **kwargs: Any) -> bool:
        calls.append(1)
        return verify(*args, **kwargs)

    with (
        patch.object(Argon2, "encode", counted),
        patch.object(Argon2, "verify", verified),
    ):
        entering.recognise(typed, secret)
    return len(calls)


def test_recognise_costs_one_hash_whoever_asks() -> None:
    people.citizen(email="ada@contoh.id")
    invited = people.citizen(email="diundang@contoh.id")
    Person.objects.filter(pk=invited.pk).update(password="!belum")
    _person, code = desk_people.with_code("Sarinah", "sarinah-22222")
    desk_people.in_use("Wagiyem", "wagiyem-33333")
    ended, _code = desk_people.with_code("Tukijo", "tukijo-44444")
    desk_people.run_out(ended)
    asked = [
        ("ada@contoh.id", people.PASSWORD),
        ("ada@contoh.id", "salah-sekali-2026"),
        ("diundang@contoh.id", "salah-sekali-2026"),
        ("tak@contoh.id", "salah-sekali-2026"),
        ("sarinah-22222", code),
        ("sarinah-22222", "salah-sekali-2026"),
        ("wagiyem-33333", people.PASSWORD),
        ("tukijo-44444", "salah-sekali-2026"),
        ("tiada-55555", "salah-sekali-2026"),
        ("bukan nama", "x"),
    ]
    assert [hashings(*one) for one in asked] == [1] * len(asked)


def test_recognise_takes_code_in_any_spelling_until_it_ends() -> None:
    person, code = desk_people.with_code()
    assert entering.recognise("Sarinah 47294", shown_code(code).lower()) == person
    assert entering.recognise("sarinah-47294", "salah") is None
    desk_people.run_out(person)
    assert entering.recognise("sarinah-47294", code) is None


def test_recognise_takes_no_code_of_somebody_else_and_none_by_email() -> None:
    _first, code = desk_people.with_code("Sarinah", "sarinah-22222")
    desk_people.with_code("Wagiyem", "wagiyem-33333")
    people.citizen(email="ada@contoh.id")
    assert entering.recognise("wagiyem-33333", code) is None
    assert entering.recognise("ada@contoh.id", code) is None


def test_recognise_nobody_by_an_empty_name() -> None:
    desk_people.with_code()
    people.citizen()
    assert entering.recognise("", "") is None


def test_code_is_kept_as_a_hash_only() -> None:
    person, code = desk_people.with_code()
    row = OneTimeCode.objects.get(person=person)
    assert code not in row.code_hash
    assert row.code_hash.startswith("argon2")


def test_choosing_a_password_uses_up_the_code() -> None:
    person, code = desk_people.with_code()
    row = entering.open_code(person)
    assert row is not None
    mine = codes.choose_first_password(row, "bunga-sedap-malam-7", by=Actor(person_id=person.pk))
    entry = AuditEntry.objects.get(verb="person.password_set")
    assert mine.check_password("bunga-sedap-malam-7")
    assert entry.after == {"how": "code"}
    assert entering.recognise("sarinah-47294", code) is None
    assert entering.recognise("sarinah-47294", "bunga-sedap-malam-7") == person
    with pytest.raises(WrongState):
        codes.choose_first_password(row, "bunga-sedap-pagi-8", by=Actor(person_id=person.pk))


def test_choosing_a_password_with_a_code_that_ended_changes_nothing() -> None:
    person, _code = desk_people.with_code()
    row = entering.open_code(person)
    assert row is not None
    desk_people.run_out(person)
    with pytest.raises(WrongState):
        codes.choose_first_password(row, "bunga-sedap-malam-7", by=Actor(person_id=person.pk))
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_person_seen_at_a_desk_counts_as_confirmed_and_a_deleted_one_does_not() -> None:
    person = desk_people.in_use()
    gone = Person.objects.create(email=None, name="")
    assert selectors.is_confirmed(person)
    assert not selectors.is_confirmed(gone)
