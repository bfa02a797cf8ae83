"""Random edits hold the anchors right: what is promised of every text, and the share measured over many."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from rembuk.consultations.choices import Change, ClauseKind
from rembuk.consultations.drafts.matching import match_parts
from rembuk.consultations.drafts.parts import Part, settled
from rembuk.consultations.drafts.wordings import plain_words
from tests.consultations.drafts import edits
from tests.consultations.drafts.edits import EDITS, Marked

SEEDS = st.integers(0, 2**32)
TEXTS = st.builds(edits.text, SEEDS, st.integers(1, 12))
CHANGES = st.lists(st.tuples(st.sampled_from(EDITS), SEEDS), max_size=8)


def _alone(parts: list[Marked]) -> dict[str, int]:
    """Words that stand once in a text, with the mark of their part."""
    words = [plain_words(marked.part) for marked in parts]
    return {word: m.mark for word, m in zip(words, parts, strict=True) if word and words.count(word) == 1}


@given(TEXTS, CHANGES)
@settings(max_examples=200, deadline=None)
def test_no_two_parts_get_the_same_identity(old: list[Marked], changes: list[tuple[str, int]]) -> None:
    new = edits.edited(old, changes)
    given_out = [m.old for m in edits.matched(old, new) if m.old is not None]
    assert len(given_out) == len(set(given_out))
    assert set(given_out) <= set(range(len(old)))


@given(TEXTS, CHANGES)
@settings(max_examples=200, deadline=None)
def test_unchanged_part_with_unique_words_is_never_lost(
    old: list[Marked], changes: list[tuple[str, int]]
) -> None:
    new = edits.edited(old, changes)
    before, after = _alone(old), _alone(new)
    for marked, match in zip(new, edits.matched(old, new), strict=True):
        words = plain_words(marked.part)
        if words in before and words in after:
            assert match.old is not None
            assert plain_words(old[match.old].part) == words
            assert not match.is_doubtful


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_same_text_is_wholly_unchanged(old: list[Marked]) -> None:
    found = edits.matched(old, old)
    assert [m.old for m in found] == list(range(len(old)))
    assert {m.change for m in found} <= {Change.UNCHANGED}
    assert not any(m.is_doubtful for m in found)


@given(TEXTS, CHANGES)
@settings(max_examples=100, deadline=None)
def test_same_input_gives_same_matches(old: list[Marked], changes: list[tuple[str, int]]) -> None:
    new = edits.edited(old, changes)
    assert edits.matched(old, new) == edits.matched(old, new)


@given(st.integers(1, 9), SEEDS)
@settings(max_examples=100, deadline=None)
def test_order_of_unique_parts_does_not_matter(count: int, seed: int) -> None:
    parts = settled(
        [
            Part(kind=ClauseKind.ARTICLE, label=f"Pasal {n}", body=f"Kalimat tentang hal {n}.")
            for n in range(count)
        ]
    )
    shuffled = list(range(count))
    random.Random(seed).shuffle(shuffled)
    assert [m.old for m in match_parts(parts, [parts[n] for n in shuffled])] == shuffled


@given(TEXTS, CHANGES)
@settings(max_examples=100, deadline=None)
def test_new_is_what_carries_nothing_on(old: list[Marked], changes: list[tuple[str, int]]) -> None:
    new = edits.edited(old, changes)
    for match in edits.matched(old, new):
        assert (match.change is Change.NEW) == (match.old is None)


def test_anchors_are_right_in_nearly_all_parts_after_random_edits() -> None:
    right = wrong = standing = 0
    for seed in range(150):
        chance = random.Random(seed)
        old = edits.text(seed, 12)
        new = edits.edited(old, [(chance.choice(EDITS), chance.getrandbits(32)) for _turn in range(6)])
        for marked, match in zip(new, edits.matched(old, new), strict=True):
            standing += marked.mark < len(old)
            carried = old[match.old].mark if match.old is not None else None
            right += carried == marked.mark
            wrong += carried is not None and carried != marked.mark and not match.is_doubtful
    assert right / standing > 0.97
    assert wrong / standing < 0.02


def test_article_that_gave_its_number_to_another_is_moved() -> None:
    old = _law("Sampah diangkut dua kali.", "Iuran dibayar tiap bulan.")
    new = _law("Warga memilah sampah di rumah.", "Sampah diangkut dua kali.", "Iuran dibayar tiap bulan.")
    assert [(m.old, m.change) for m in match_parts(old, new)] == [
        (None, Change.NEW),
        (0, Change.MOVED),
        (1, Change.MOVED),
    ]


def test_reworded_article_in_its_place_is_changed_without_doubt() -> None:
    old = _law("Pengangkutan sampah dilakukan dua kali seminggu oleh petugas.")
    new = _law("Pengangkutan sampah dilakukan tiga kali seminggu oleh petugas.")
    (match,) = match_parts(old, new)
    assert (match.old, match.change, match.is_doubtful) == (0, Change.CHANGED, False)


def test_reworded_and_moved_article_is_doubtful() -> None:
    old = _law("Satu hal saja.", "Pengangkutan sampah rumah tangga dilakukan petugas dua kali seminggu.")
    new = _law(
        "Pengangkutan sampah warga dilakukan petugas tiga kali seminggu pagi.",
        "Hal lain sama sekali berbeda.",
    )
    first = match_parts(old, new)[0]
    assert (first.old, first.is_doubtful) == (1, True)


def _law(*sentences: str) -> list[Part]:
    return settled(
        [Part(kind=ClauseKind.ARTICLE, label=f"Pasal {n}", body=text) for n, text in enumerate(sentences, 1)]
    )
