"""Limits as rows: exact, by window, and without addresses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

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


def test_behind_a_first_one_all_are_counted_until_it_is_past_its_limit() -> None:
    first = limits.Act("net", 2, timedelta(minutes=1))
    others = [
        limits.Act("account", 1, timedelta(hours=1)),
        limits.Act("account:net", 9, timedelta(minutes=1)),
    ]
    seen = [limits.hit_behind(first, *others, at=NOON) for _ in range(4)]
    assert seen == [
        {"net": 1, "account": 1, "account:net": 1},
        {"net": 2, "account": 2, "account:net": 2},
        {"net": 3},
        {"net": 4},
    ]
    assert dict(Limit.objects.values_list("key", "count")) == {"net": 4, "account": 2, "account:net": 2}
    assert Limit.objects.get(key="account").window_start == NOON.replace(minute=0, second=0)


def test_what_was_counted_together_comes_back_together_and_what_was_not_stays() -> None:
    first, other = limits.Act("net", 1, timedelta(minutes=1)), limits.Act("account", 9, timedelta(minutes=1))
    limits.hit_behind(first, other, at=NOON)
    with limits.counting():
        limits.hit_behind(first, other, at=NOON)
        limits.give_back()
    assert dict(Limit.objects.values_list("key", "count")) == {"net": 1, "account": 1}


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_exactly_whatever_they_share() -> None:
    minute = timedelta(minutes=1)

    def tries(place: int) -> None:
        net = limits.Act(f"net{place % 2}", 1000, minute)
        for turn in range(20):
            account = limits.Act(f"account{(place + turn) % 3}", 1000, minute)
            limits.hit_behind(net, account, limits.Act(f"{account.key}:{net.key}", 1000, minute), at=NOON)
        connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tries, range(6)))
    counts = dict(Limit.objects.values_list("key", "count"))
    assert {name: counts[name] for name in ("net0", "net1")} == {"net0": 60, "net1": 60}
    assert sum(count for key, count in counts.items() if key.startswith("account") and ":" not in key) == 120
    assert sum(count for key, count in counts.items() if ":" in key) == 120


def test_refusal_says_when_to_come_again_and_whether_all_at_the_address_are_refused() -> None:
    for is_of_network in (True, False):
        act = limits.Act("act", 3, timedelta(minutes=1), is_of_network)
        limits.refuse_past(act, 3, at=NOON)
        with pytest.raises(TooMany) as refusal:
            limits.refuse_past(act, 4, at=NOON)
        assert (refusal.value.retry_after, refusal.value.is_of_network) == (30, is_of_network)


def test_fingerprint_is_the_same_for_any_case_and_hides_the_address() -> None:
    assert fingerprint(" Sari@Contoh.id") == fingerprint("sari@contoh.id")
    assert "sari" not in fingerprint("sari@contoh.id")


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
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
