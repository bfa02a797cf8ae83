"""Mending a tree: what stands below moves along, labels follow, nothing is lost."""

import pytest

from rembuk.common.errors import Invalid
from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts import mending
from rembuk.consultations.drafts.parts import Part, settled

TREE = settled(
    [
        Part(kind=ClauseKind.ARTICLE, depth=0, label="Pasal 1", body="Satu."),
        Part(kind=ClauseKind.ARTICLE, depth=0, label="Pasal 2"),
        Part(kind=ClauseKind.PARAGRAPH, depth=1, label="ayat (1)", body="Meliputi:"),
        Part(kind=ClauseKind.LETTER, depth=2, label="huruf a", body="kecil;"),
        Part(kind=ClauseKind.PARAGRAPH, depth=1, label="ayat (2)", body="Dua."),
    ]
)


def labels(parts: list[Part]) -> list[str]:
    return [part.full_label for part in parts]


def test_edited_label_renames_what_stands_below() -> None:
    made = mending.edited(TREE, 1, Part(kind=ClauseKind.ARTICLE, depth=0, label="Pasal 2A"))
    assert labels(made)[1:4] == ["Pasal 2A", "Pasal 2A ayat (1)", "Pasal 2A ayat (1) huruf a"]


@pytest.mark.parametrize(
    "part",
    [
        Part(kind="nonsense", label="x"),
        Part(kind=ClauseKind.TEXT),
        Part(kind=ClauseKind.TEXT, label="x" * 121),
    ],
)
def test_edited_nonsense_is_refused(part: Part) -> None:
    with pytest.raises(Invalid):
        mending.edited(TREE, 0, part)


def test_shifted_part_takes_what_stands_below_along() -> None:
    made = mending.shifted(TREE, [1], 1)
    assert [part.depth for part in made] == [0, 1, 2, 3, 2]
    assert [part.depth for part in mending.shifted(made, [1], -1)] == [0, 0, 1, 2, 1]


def test_joined_part_keeps_its_number_in_the_words() -> None:
    made = mending.joined_up(TREE, [3])
    assert labels(made) == ["Pasal 1", "Pasal 2", "Pasal 2 ayat (1)", "Pasal 2 ayat (2)"]
    assert made[2].body == "Meliputi:\n\na. kecil;"


def test_first_part_has_none_to_join_with() -> None:
    with pytest.raises(Invalid):
        mending.joined_up(TREE, [0])


def test_split_piece_takes_the_number_it_begins_with() -> None:
    made = mending.split(TREE, 4, "Dua.\n---\n(3) Tiga.")
    assert [(p.full_label, p.body) for p in made[4:]] == [
        ("Pasal 2 ayat (2)", "Dua."),
        ("Pasal 2 ayat (3)", "Tiga."),
    ]


@pytest.mark.parametrize("body", ["Dua.", "Dua.\n---\n", "---"])
def test_split_without_words_on_both_sides_is_refused(body: str) -> None:
    with pytest.raises(Invalid):
        mending.split(TREE, 4, body)


def test_removed_part_leaves_or_takes_what_stands_below() -> None:
    assert labels(mending.removed(TREE, [2], with_below=False))[2] == "Pasal 2 huruf a"
    assert labels(mending.removed(TREE, [2], with_below=True)) == ["Pasal 1", "Pasal 2", "Pasal 2 ayat (2)"]


def test_last_part_stays() -> None:
    with pytest.raises(Invalid):
        mending.removed(TREE, [0, 1], with_below=True)


@pytest.mark.parametrize("index", [-1, 5])
def test_unknown_part_is_refused(index: int) -> None:
    for act in (
        lambda: mending.shifted(TREE, [index], 1),
        lambda: mending.joined_up(TREE, [index]),
        lambda: mending.removed(TREE, [index], with_below=True),
        lambda: mending.split(TREE, index, "a\n---\nb"),
        lambda: mending.of_kind(TREE, [index], ClauseKind.TEXT),
    ):
        with pytest.raises(Invalid):
            act()
