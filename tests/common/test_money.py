"""Rupiah as people type it and as it is written."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.common.money import read_amount, read_rupiah, write_amount, write_rupiah, write_short


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


AMOUNTS = st.decimals(min_value=0, max_value=Decimal("9999999999999999.99"), places=2)
UNITS = {"juta": 10**6, "miliar": 10**9, "triliun": 10**12}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("Rp1.234.567,00", "1234567.00"),
        ("Rp1.234.567,89", "1234567.89"),
        ("Rp 1.234.567,5", "1234567.50"),
        ("1234567", "1234567.00"),
        ("1,5 M", "1500000000.00"),
        ("150 juta", "150000000.00"),
        ("0,12345678 juta", "123456.78"),
        ("9999999999999999,99", "9999999999999999.99"),
    ],
)
def test_amount_with_sen_is_read_exactly(typed: str, amount: str) -> None:
    assert str(read_amount(typed)) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "banyak", "1.23", "1,234", "-5", "0,123456789 juta", "1e5", "NaN", f"0,{'1' * 40} T", "9" * 61],
)
def test_what_is_no_amount_with_sen_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(typed)}$"):
        read_amount(typed)


@pytest.mark.parametrize(
    ("amount", "written", "short"),
    [
        ("1234567", "Rp1.234.567,00", "Rp1,2 juta"),
        ("0", "Rp0,00", "Rp0,00"),
        ("999999.99", "Rp999.999,99", "Rp999.999,99"),
        ("1000000", "Rp1.000.000,00", "Rp1 juta"),
        ("999999999.99", "Rp999.999.999,99", "Rp999,9 juta"),
        ("1200000000", "Rp1.200.000.000,00", "Rp1,2 miliar"),
        ("999999999999.99", "Rp999.999.999.999,99", "Rp999,9 miliar"),
        ("1000000000000", "Rp1.000.000.000.000,00", "Rp1 triliun"),
        ("9999999999999999.99", "Rp9.999.999.999.999.999,99", "Rp9.999,9 triliun"),
        ("-1250000000.50", "-Rp1.250.000.000,50", "-Rp1,2 miliar"),
    ],
)
def test_amount_is_written_in_full_and_short(amount: str, written: str, short: str) -> None:
    assert (write_amount(Decimal(amount)), write_short(Decimal(amount))) == (written, short)


def test_parts_of_a_sen_are_never_written_away() -> None:
    with pytest.raises(ValueError, match=r"^0\.005$"):
        write_amount(Decimal("0.005"))


@given(AMOUNTS)
def test_written_amount_is_read_back(amount: Decimal) -> None:
    assert read_amount(write_amount(amount)) == amount


@given(AMOUNTS.filter(lambda amount: amount >= 10**6))
def test_short_amount_never_claims_more_than_there_is_and_less_by_a_tenth_of_its_unit(
    amount: Decimal,
) -> None:
    figure, unit = write_short(amount).removeprefix("Rp").split(" ")
    shown = Decimal(figure.replace(".", "").replace(",", ".")) * UNITS[unit]
    assert shown <= amount < shown + Decimal(UNITS[unit]) / 10
    assert shown >= UNITS[unit]
