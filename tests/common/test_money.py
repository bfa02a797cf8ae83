"""Rupiah as people type it and as it is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.common.money import read_rupiah, write_rupiah


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("Rp1.234.567", 1_234_567),
        ("Rp 1.234.567,00", 1_234_567),
        ("rp. 1500", 1500),
        ("150 juta", 150_000_000),
        ("1,5 M", 1_500_000_000),
        ("2,25 triliun", 2_250_000_000_000),
        ("750rb", 750_000),
        ("IDR\u00a01.000", 1000),
    ],
)
def test_rupiah_is_read_however_it_is_typed(typed: str, rupiah: int) -> None:
    assert read_rupiah(typed) == rupiah


@pytest.mark.parametrize("typed", ["", "banyak", "1.23", "1,234,567", "-5", "1.5 juta", "12 ekor"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(typed)}$"):
        read_rupiah(typed)


@given(st.integers(min_value=0, max_value=10**15))
def test_written_rupiah_is_read_back(amount: int) -> None:
    assert read_rupiah(write_rupiah(amount)) == amount


def test_negative_rupiah_is_written_with_a_sign() -> None:
    assert write_rupiah(-1500) == "-Rp1.500"
