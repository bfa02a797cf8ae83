"""Codes against the published values, the window of the clock, replay, and what lies in the database."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from rembuk.accounts.second_factor import recovery, totp, vault
from tests.accounts import factor

# RFC 6238, appendix B, SHA-1: the 8 digits there end with our 6.
RFC = [
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
]
SECRET = base64.b32encode(b"12345678901234567890").decode()
AT = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "published"), RFC)
def test_code_is_the_published_one(seconds: int, published: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_of(SECRET, totp.step_of(moment)) == published[-6:]
    assert factor.code(SECRET, moment, digits=8) == published


@pytest.mark.parametrize(("ahead", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_code_is_taken_one_step_around_the_clock_only(ahead: int, is_taken: bool) -> None:
    found = totp.matching_step(SECRET, factor.code(SECRET, AT, ahead=ahead), at=AT)
    assert (found is not None) is is_taken


def test_no_code_of_a_used_step_or_an_earlier_one_is_taken() -> None:
    here = totp.step_of(AT)
    codes = [factor.code(SECRET, AT, ahead=ahead) for ahead in (-1, 0, 1)]
    taken = [totp.matching_step(SECRET, code, at=AT, after=here) for code in codes]
    assert taken == [None, None, here + 1]


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "００００００"])
def test_what_is_no_code_is_refused_without_a_fault(typed: str) -> None:
    assert totp.matching_step(SECRET, recovery.plain(typed), at=AT) is None


def test_secrets_are_of_160_bits_and_differ() -> None:
    first, second = totp.new_secret(), totp.new_secret()
    assert first != second
    assert len(base64.b32decode(first)) == 20


def test_address_names_site_and_holder() -> None:
    address = totp.address("ABC", issuer="Rembuk & Kita", holder="a@contoh.id")
    assert address == (
        "otpauth://totp/Rembuk%20%26%20Kita%3Aa%40contoh.id?secret=ABC&issuer=Rembuk%20%26%20Kita"
    )


def test_sealed_secret_is_read_with_the_key_or_a_former_key_and_else_is_empty() -> None:
    with override_settings(SECRET_KEY="kunci-lama"):
        sealed = vault.seal(SECRET)
        assert SECRET not in sealed
        assert vault.unseal(sealed) == SECRET
    with override_settings(SECRET_KEY="kunci-baru", SECRET_KEY_FALLBACKS=["kunci-lama"]):
        assert vault.unseal(sealed) == SECRET
    with override_settings(SECRET_KEY="kunci-baru", SECRET_KEY_FALLBACKS=[]):
        assert vault.unseal(sealed) == ""
        assert totp.matching_step(vault.unseal(sealed), factor.code(SECRET, AT), at=AT) is None


def test_recovery_codes_are_ten_that_differ_and_are_read_as_people_type_them() -> None:
    codes = recovery.new_codes()
    assert len(set(codes)) == recovery.COUNT
    typed = f" {codes[0].lower().replace('-', ' ')} "
    assert recovery.plain(typed) == codes[0].replace("-", "")
    assert recovery.looks_like_one(recovery.plain(typed))
    assert not recovery.looks_like_one("123456")


def test_a_step_lasts_thirty_seconds() -> None:
    assert (
        totp.step_of(AT + timedelta(seconds=29))
        == totp.step_of(AT)
        == totp.step_of(AT + timedelta(seconds=30)) - 1
    )
