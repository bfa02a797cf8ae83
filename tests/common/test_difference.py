"""Differences word by word: complete, in reading order, bounded."""

import time

from hypothesis import given
from hypothesis import strategies as st

from rembuk.common.difference import MOST_WORDS, Part, word_difference


def test_difference_names_what_went_before_what_came() -> None:
    assert word_difference("jalan ke balai desa", "jalan ke puskesmas desa") == [
        Part("same", "jalan ke "),
        Part("del", "balai"),
        Part("ins", "puskesmas"),
        Part("same", " desa"),
    ]


@given(st.text(max_size=80), st.text(max_size=80))
def test_difference_holds_both_texts_whole(old: str, new: str) -> None:
    parts = word_difference(old, new)
    assert "".join(part.text for part in parts if part.op != "ins") == old
    assert "".join(part.text for part in parts if part.op != "del") == new


def test_difference_keeps_a_number_with_its_dots_whole() -> None:
    assert word_difference("pukul 05.30, Rp50.000.", "pukul 05.10, Rp50.000.") == [
        Part("same", "pukul "),
        Part("del", "05.30"),
        Part("ins", "05.10"),
        Part("same", ", Rp50.000."),
    ]


def test_difference_of_equal_texts_is_one_part() -> None:
    assert word_difference("sama saja", "sama saja") == [Part("same", "sama saja")]


def test_difference_of_very_long_texts_goes_by_lines() -> None:
    old = "\n".join(f"baris {number} " + "kata " * 20 for number in range(MOST_WORDS // 20))
    new = old.replace("baris 7 ", "baris tujuh ")
    began = time.perf_counter()
    parts = word_difference(old, new)
    assert [part.op for part in parts] == ["same", "del", "ins", "same"]
    assert time.perf_counter() - began < 2
