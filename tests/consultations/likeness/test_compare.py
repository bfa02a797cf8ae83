"""Likeness of two texts: what goes together, what is kept apart, and the laws it keeps."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rembuk.consultations.likeness.compare import ALIKE, Apart, are_alike, compared, likeness
from rembuk.consultations.likeness.meaning import meaning_of

_PAIRS = Path(__file__).resolve().parents[3] / "bench" / "likeness_pairs.toml"
PAIRS = tomllib.loads(_PAIRS.read_text(encoding="utf-8"))["pair"]
WRITTEN = st.sampled_from(sorted({pair[side] for pair in PAIRS for side in ("a", "b")}))
TYPED = st.text(max_size=200)


@given(first=WRITTEN, second=WRITTEN)
@settings(max_examples=200, deadline=None)
def test_likeness_of_two_texts_is_the_same_both_ways(first: str, second: str) -> None:
    assert likeness(first, second) == likeness(second, first)


@given(text=WRITTEN | TYPED)
@settings(max_examples=200, deadline=None)
def test_likeness_of_a_text_and_itself_is_one(text: str) -> None:
    assert likeness(text, text) == 1.0


@given(first=TYPED, second=WRITTEN | TYPED)
@settings(max_examples=200, deadline=None)
def test_likeness_of_anything_typed_lies_between_zero_and_one(first: str, second: str) -> None:
    assert 0.0 <= likeness(first, second) <= 1.0


@given(text=WRITTEN)
@settings(max_examples=100, deadline=None)
def test_shouted_text_with_marks_is_the_same_wish(text: str) -> None:
    assert are_alike(text, f"  {text.upper().rstrip('.')}!!  ")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("PKL jgn digusur dr alun2", "Pedagang kaki lima jangan digusur dari alun-alun."),
        ("Perpanjang waktunya dua minggu.", "Waktu mohon diperpanjang 14 hari."),
        ("Tolak kenaikan retribusi pasar.", "Retribusi pasar jangan dinaikkan."),
        ("Warga tidak dilibatkan dalam rapat.", "Mohon warga dilibatkan dalam rapat."),
        ("Lampu jalan di RT 3 mati.", "lampu jln di rt 03 mati gak nyala"),
        ("Denda Rp500.000 terlalu berat.", "Denda 500 ribu rupiah terlalu berat."),
    ],
)
def test_same_wish_in_other_words_is_alike(first: str, second: str) -> None:
    assert are_alike(first, second)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Retribusi pasar dinaikkan.", "Retribusi pasar diturunkan.", Apart.DIRECTION),
        ("Saya setuju kios dibongkar.", "Saya tidak setuju kios dibongkar.", Apart.DIRECTION),
        ("Warga boleh berjualan di taman.", "Warga tidak boleh berjualan di taman.", Apart.REFUSAL),
        ("Sampah harus dipilah di rumah.", "Sampah jangan dipilah di rumah.", Apart.REFUSAL),
        ("Pasal 7 ayat (2) perlu dihapus.", "Pasal 8 ayat (2) perlu dihapus.", Apart.AMOUNT),
        ("Izin terbit dalam 3 hari.", "Izin terbit dalam 3 bulan.", Apart.AMOUNT),
        ("Jalan di Desa Mekarjaya rusak.", "Jalan di Desa Sukatani rusak.", Apart.PLACE),
        ("Biaya angkut ditanggung warga.", "Biaya angkut ditanggung pemerintah.", Apart.PAYER),
        ("Mohon jembatan diperbaiki.", "Mohon sekolah diperbaiki.", Apart.THING),
    ],
)
def test_look_alike_with_another_meaning_is_kept_apart(first: str, second: str, reason: Apart) -> None:
    assert reason in compared(meaning_of(first), meaning_of(second)).apart
    assert likeness(first, second) < ALIKE


def test_labelled_pairs_are_told_apart_as_well_as_the_record_says() -> None:
    said = [(pair["same"], are_alike(pair["a"], pair["b"])) for pair in PAIRS if pair["set"] == "held"]
    hit, wrong, missed = (said.count(case) for case in ((True, True), (False, True), (True, False)))
    assert hit / (hit + wrong) >= 0.95
    assert hit / (hit + missed) >= 0.85
