"""Real regulations and decrees: how many of their numbered parts are put in their place, and what fails."""

import pytest

from tests.consultations.drafts import legal_texts

# What is lost, and why. A text that is not named here is read whole.
KNOWN = {
    # The scan put the numbers (1) and (2) behind their sentences.
    "uu-19-2016-scan": ["Pasal I angka 3 Pasal 26 ayat (1)", "Pasal I angka 3 Pasal 26 ayat (2)"],
    # The copy has lost the line «Pasal 5», so its ayat seem to be of Pasal 4.
    "uu-40-1999": [
        "Penjelasan Pasal 5",
        "Penjelasan Pasal 5 ayat (1)",
        "Penjelasan Pasal 5 ayat (2)",
        "Penjelasan Pasal 5 ayat (3)",
    ],
}


@pytest.mark.parametrize("name", legal_texts.NAMES)
def test_numbered_parts_stand_in_their_place(name: str) -> None:
    assert legal_texts.score(name).missing == KNOWN.get(name, [])


def test_nearly_all_numbered_parts_are_right_over_all_texts() -> None:
    scores = [legal_texts.score(name) for name in legal_texts.NAMES]
    expected = sum(score.expected for score in scores)
    assert expected > 380
    assert sum(score.right for score in scores) / expected > 0.98
