"""Numbers as people type them and as they are written."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.common.numbers import read_number, write_number


@pytest.mark.parametrize(
    ("typed", "number", "written"),
    [
        ("1.250,5", "1250.5", "1.250,5"),
        ("1250,50", "1250.5", "1.250,5"),
        (" 12 500 ", "12500", "12.500"),
        ("-2", "-2", "-2"),
        ("−0,5", "-0.5", "-0,5"),
        ("0", "0", "0"),
        ("-0,0", "0", "0"),
        ("1000000", "1000000", "1.000.000"),
    ],
)
def test_number_is_read_and_written_back(typed: str, number: str, written: str) -> None:
    assert (read_number(typed), write_number(read_number(typed))) == (Decimal(number), written)


@pytest.mark.parametrize("typed", ["", "12.5", "1,234.5", "1e5", "tiga", "NaN", "1.23.456", "9" * 41])
def test_what_could_mean_two_things_or_nothing_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(typed)}$"):
        read_number(typed)


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4))
def test_written_number_is_read_back(number: Decimal) -> None:
    assert read_number(write_number(number)) == number
