"""Absorption: percent of the pagu, never claiming the whole before the last sen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.programs.money.absorption import absorption

PAGU = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999999999999.99"), places=2)


@pytest.mark.parametrize(
    ("realised", "pagu", "percent"),
    [
        # By hand: 375 / 500 = 0,75.
        ("375000000", "500000000", "75.00"),
        # 1 / 3 = 0,3333…
        ("1", "3", "33.33"),
        # 499.999.999,99 of 500.000.000: not the whole.
        ("499999999.99", "500000000", "99.99"),
        ("500000000", "500000000", "100.00"),
        ("0", "500000000", "0.00"),
    ],
)
def test_absorption_is_the_share_of_the_pagu(realised: str, pagu: str, percent: str) -> None:
    assert absorption(Decimal(realised), Decimal(pagu)) == Decimal(percent)


def test_absorption_without_pagu_is_not_told() -> None:
    assert absorption(Decimal(), Decimal()) is None


@given(PAGU, st.data())
def test_absorption_is_whole_exactly_when_all_is_spent(pagu: Decimal, data: st.DataObject) -> None:
    realised = data.draw(st.decimals(min_value=0, max_value=pagu, places=2))
    share = absorption(realised, pagu)
    assert share is not None
    assert Decimal() <= share <= Decimal(100)
    assert (share == 100) == (realised == pagu)


@given(PAGU, st.data())
def test_more_spent_is_never_less_absorbed(pagu: Decimal, data: st.DataObject) -> None:
    amounts = st.decimals(min_value=0, max_value=pagu, places=2)
    less, more = sorted([data.draw(amounts), data.draw(amounts)])
    low, high = absorption(less, pagu), absorption(more, pagu)
    assert low is not None
    assert high is not None
    assert low <= high
