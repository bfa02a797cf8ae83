"""Groups depend on the set of proposals alone."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from rembuk.programs.suggestions.grouping import Item, like_groups, same_groups
from rembuk.programs.suggestions.places import NOWHERE, place_of

PLACES = [
    "",
    "Kp. Tugu",
    "Kp. Tugu RT 01/02",
    "Tugu rt 2 rw 2",
    "Tugu rw 2",
    "Kp. Lio",
    "Kp. Lio RT 5",
    "SDN 1 Lio",
    "Desa Sukamaju",
]


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    """Some proposals in two areas, of a few themes and places."""
    number = draw(st.integers(0, 25))
    made = []
    for key in range(number):
        theme = draw(st.sampled_from(["", "road", "water"]))
        made.append(
            Item(
                key=key,
                area=draw(st.sampled_from(["", "32.01.01", "32.01.02"])),
                region=draw(st.sampled_from(["", "32.01.01.2001"])),
                theme=theme,
                subject=f"theme:{theme}" if theme else draw(st.sampled_from(["", "unit:7"])),
                cues=tuple(
                    draw(st.lists(st.sampled_from(["aspal", "jalan", "sumur"]), max_size=3, unique=True))
                ),
                place=place_of(draw(st.sampled_from(PLACES)), ["Sukamaju"]),
            )
        )
    return made


@given(items(), st.randoms())
def test_the_order_of_proposals_changes_nothing(found: list[Item], chance: Random) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    assert like_groups(mixed) == like_groups(found)
    assert same_groups(mixed) == same_groups(found)


@given(items())
def test_a_neighbourhood_alone_gives_what_the_whole_gives(found: list[Item]) -> None:
    """So reckoning again only what was touched comes to the same as reckoning everything."""
    apart = [
        group
        for where in {(item.area, item.theme) for item in found}
        for group in like_groups(item for item in found if (item.area, item.theme) == where)
    ]
    same = [
        group
        for where in {(item.region, item.subject) for item in found}
        for group in same_groups(item for item in found if (item.region, item.subject) == where)
    ]
    assert sorted(apart, key=lambda one: one.base) == sorted(like_groups(found), key=lambda one: one.base)
    assert sorted(same, key=lambda one: one.base) == sorted(same_groups(found), key=lambda one: one.base)


@given(items())
def test_groups_hold_what_they_are_called_by(found: list[Item]) -> None:
    by_key = {item.key: item for item in found}
    for group in like_groups(found):
        members = [by_key[key] for key in group.keys]
        assert len(members) >= 2
        assert len({(item.area, item.theme) for item in members}) == 1
        assert all(item.area and item.theme for item in members)
    for group in same_groups(found):
        members = [by_key[key] for key in group.keys]
        assert len(members) >= 2
        assert len({(item.region, item.subject, item.place.names) for item in members}) == 1
        assert all(item.region and item.subject and item.place != NOWHERE for item in members)
        sharpest = {item.place.numbers for item in members}
        assert all(set(one) <= set(max(sharpest, key=len)) for one in sharpest)


@given(items())
def test_each_proposal_is_in_one_group_of_a_kind_at_most(found: list[Item]) -> None:
    for groups in (like_groups(found), same_groups(found)):
        keys = [key for group in groups for key in group.keys]
        assert len(keys) == len(set(keys))
        assert len({group.base for group in groups}) == len(groups)


def road(key: int, place: str) -> Item:
    """A wish for the road, somewhere."""
    return Item(
        key=key,
        area="32.01.01",
        region="32.01.01.2001",
        theme="road",
        subject="theme:road",
        place=place_of(place, ["Sukamaju"]),
    )


def test_a_vaguer_place_goes_where_only_one_sharper_place_fits() -> None:
    (group,) = same_groups([road(1, "Kp. Tugu"), road(2, "Kp. Tugu RT 01/02"), road(3, "Tugu rt.1 rw.2")])
    assert group.keys == (1, 2, 3)
    groups = same_groups(
        [road(1, "Kp. Tugu"), road(2, "Tugu RT 01/02"), road(3, "Tugu RT 05/02"), road(4, "Tugu")]
    )
    assert [group.keys for group in groups] == [(1, 4)]


def test_a_range_holds_no_single_number() -> None:
    assert same_groups([road(1, "RW 05-07"), road(2, "RW 05")]) == []
