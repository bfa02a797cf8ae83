"""Hints about numbers of people: telephone and identity numbers warn, ordinary numbers do not."""

import pytest

from rembuk.proposals.content import personal_numbers


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi 081234567890",
        "WA 0812-3456-7890 ya",
        "+62 812 3456 7890",
        "+6281234567890",
        "telepon (021) 5550 1234",
        "NIK 3201010101900001",
        "3201 0101 0190 0001",
    ],
)
def test_number_of_a_person_is_noticed(text: str) -> None:
    assert personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "Biaya Rp150.000.000",
        "Rp1.250.000.000,00 untuk 2027",
        "RT 003/RW 012",
        "Jalan sepanjang 400 m, lebar 3,5 m",
        "kode 32.02.01.2001",
        "tahun 2026 sampai 2030",
        "4.000 warga dan 1.200 siswa",
    ],
)
def test_ordinary_number_is_not_noticed(text: str) -> None:
    assert not personal_numbers(text)
