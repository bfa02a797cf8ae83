"""Limits as rows: exact, by window, and without addresses."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.accounts import limits
from rembuk.accounts.actions import upkeep
from rembuk.accounts.models import Limit
from rembuk.accounts.quotas import LETTERS, SIGN_IN, Quota, fingerprint, network
from rembuk.common.errors import TooMany

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 0, 30, tzinfo=UTC)
THREE = Quota("three", 3, timedelta(minutes=1))


def test_spend_past_the_limit_refuses_until_the_window_ends() -> None:
    for _ in range(3):
        THREE.spend("sari", at=NOON)
    with pytest.raises(TooMany) as refusal:
        THREE.spend("sari", at=NOON)
    THREE.spend("sari", at=NOON + timedelta(seconds=30))
    assert refusal.value.retry_after == 30


def test_spend_counts_each_key_alone() -> None:
    for _ in range(3):
        THREE.spend("sari", at=NOON)
    THREE.spend("budi", at=NOON)
    assert sorted(Limit.objects.values_list("count", flat=True)) == [1, 3]


def test_give_back_frees_one_and_never_goes_below_zero() -> None:
    THREE.spend("sari", at=NOON)
    THREE.give_back("sari", at=NOON)
    THREE.give_back("sari", at=NOON)
    assert Limit.objects.get().count == 0


def test_fingerprint_is_the_same_for_any_case_and_hides_the_address() -> None:
    assert fingerprint(" Sari@Contoh.id") == fingerprint("sari@contoh.id")
    assert "sari" not in fingerprint("sari@contoh.id")


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", "unknown"),
    ],
)
def test_network_counts_a_household_of_ipv6_as_one(address: str, key: str) -> None:
    assert network(address) == key


def test_keys_fit_their_column() -> None:
    SIGN_IN.spend(fingerprint("a" * 240 + "@contoh.id"), network("2001:db8:1:2:3:4:5:6"), at=NOON)
    LETTERS.spend("x" * 500, at=NOON)
    assert Limit.objects.count() == 2


def test_forget_old_limits_keeps_the_present_window() -> None:
    limits.hit("old", allowed=1, window=timedelta(hours=1), at=NOON - timedelta(days=2))
    limits.hit("new", allowed=1, window=timedelta(hours=1), at=NOON)
    assert upkeep.forget_old_limits(at=NOON) == 1
    assert Limit.objects.get().key == "new"
