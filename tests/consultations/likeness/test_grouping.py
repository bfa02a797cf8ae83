"""Groups of like texts: order does not matter, chains join nothing, contrary things never meet."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from rembuk.consultations.likeness.compare import Apart, compared, likeness
from rembuk.consultations.likeness.grouping import LINE, Item, groups_of, sample_of
from rembuk.consultations.likeness.meaning import meaning_of

TEXTS = (
    "Retribusi pasar jangan dinaikkan lagi.",
    "retribusi pasar jgn dinaikan",
    "Tolak kenaikan retribusi pasar.",
    "Retribusi pasar sebaiknya dinaikkan.",
    "Sampah di pasar harus diangkut tiap hari.",
    "Mohon sampah pasar diangkut setiap hari.",
    "Sampah di pasar diangkut seminggu sekali saja.",
    "Jalan desa rusak parah, tolong diperbaiki.",
    "Mohon jalan desa yang rusak diperbaiki.",
    "Puskesmas tutup terlalu cepat.",
)


def _items(texts: Sequence[str], *, directions: Sequence[int] = ()) -> list[Item]:
    return [
        Item(key=key, text=text, direction=directions[key] if directions else 0)
        for key, text in enumerate(texts)
    ]


def test_groups_hold_like_texts_and_leave_others_alone() -> None:
    assert groups_of(_items(TEXTS)) == [[0, 1, 2], [4, 5], [7, 8]]


@given(order=st.permutations(range(len(TEXTS))))
@settings(max_examples=50, deadline=None)
def test_order_of_the_texts_changes_nothing(order: list[int]) -> None:
    items = _items(TEXTS)
    assert groups_of(items[place] for place in order) == groups_of(items)


@given(chosen=st.lists(st.sampled_from(TEXTS), min_size=2, max_size=12))
@settings(max_examples=50, deadline=None)
def test_no_group_holds_contrary_texts(chosen: list[str]) -> None:
    for keys in groups_of(_items(chosen)):
        meanings = [meaning_of(chosen[key]) for key in keys]
        found = {reason for one in meanings for other in meanings for reason in compared(one, other).apart}
        assert Apart.DIRECTION not in found


def test_chain_of_likes_does_not_join_its_unlike_ends() -> None:
    chain = (
        "Parkir di pasar sempit dan becek.",
        "Parkir di pasar sempit, becek, dan toilet pasar kotor serta bau.",
        "Toilet pasar kotor serta bau.",
    )
    assert likeness(chain[0], chain[1]) >= LINE
    assert likeness(chain[1], chain[2]) >= LINE
    assert likeness(chain[0], chain[2]) < LINE
    assert all(len(keys) < 3 for keys in groups_of(_items(chain)))


def test_same_words_with_contrary_stance_stay_apart() -> None:
    texts = ["Retribusi pasar", "Retribusi pasar", "Retribusi pasar"]
    assert groups_of(_items(texts, directions=[1, -1, 1])) == [[0, 2]]


def test_short_words_on_other_clauses_stay_apart() -> None:
    items = [Item(key=key, text="Perlu diperjelas.", clause=clause) for key, clause in enumerate([3, 3, 9])]
    assert groups_of(items) == [[0, 1]]


def test_texts_that_were_parted_never_meet_again() -> None:
    parted = [Item(key=key, text=TEXTS[0], parted=frozenset({5})) for key in range(3)]
    assert groups_of(parted) == []


def test_petition_of_a_thousand_equal_letters_is_one_group() -> None:
    items = [Item(key=key, text="Kami menolak penggusuran pedagang.") for key in range(1_000)]
    assert groups_of(items) == [list(range(1_000))]


def test_sample_is_the_text_most_like_the_others() -> None:
    texts = [TEXTS[0], TEXTS[0], TEXTS[1], TEXTS[9]]
    assert sample_of(texts) in {TEXTS[0], TEXTS[1]}
