"""Groups of proposals: the same wish at the same place, and wishes of one kind in one area.

What groups come out depends on the set of proposals alone, not on their order or on earlier groups: whoever reckons a
neighbourhood again gets what he would get from scratch. A neighbourhood is one area and theme (``like``) or one region and
theme (``same``), so the work for a new proposal does not grow with all proposals.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from rembuk.programs.suggestions.places import NOWHERE, Place

LEAST = 2
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A proposal as groups are made from it. ``subject`` is its theme or, without one, the office that would carry it out."""

    key: int
    area: str = ""
    region: str = ""
    theme: str = ""
    subject: str = ""
    cues: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals that may belong together. ``base`` names the group and stays while its place and theme do."""

    base: str
    keys: tuple[int, ...]
    words: tuple[str, ...]


def like_groups(items: Iterable[Item]) -> list[Group]:
    """Wishes of one kind in one area: one theme. What has no theme is in no such group (rare words in common say too little)."""
    themed: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item.area and item.theme:
            themed[item.area, item.theme].append(item)
    return _sorted([_group(_base("like", *where), members) for where, members in themed.items()])


def same_groups(items: Iterable[Item]) -> list[Group]:
    """The same wish at the same place: one region, subject and name of the place, and no numbers that differ."""
    found: dict[tuple[str, str, tuple[str, ...]], list[Item]] = defaultdict(list)
    for item in items:
        if item.region and item.subject and not item.place.is_empty:
            found[item.region, item.subject, item.place.names].append(item)
    made = []
    for (region, subject, names), members in found.items():
        for numbers, together in _by_numbers(members).items():
            made.append(_group(_base("same", region, subject, *names, *numbers), together))
    return _sorted(made)


def _by_numbers(members: list[Item]) -> dict[tuple[str, ...], list[Item]]:
    """Members by the numbers of their place; a vaguer one goes where only one sharper place fits, else with its like."""
    by_numbers: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in members:
        by_numbers[item.place.numbers].append(item)
    kinds = {numbers: _kinds(numbers) for numbers in by_numbers}
    for vague in sorted(by_numbers, key=lambda numbers: (len(kinds[numbers]), numbers)):
        sharper = [other for other in by_numbers if _is_vaguer(kinds[vague], kinds[other])]
        if len(sharper) == 1:
            by_numbers[sharper[0]] += by_numbers.pop(vague)
    return by_numbers


def _kinds(numbers: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Numbers by what they count: RT, RW, or anything else."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for number in numbers:
        kinds[number[:2] if number[:2] in {"rt", "rw"} else ""].add(number)
    return {kind: frozenset(values) for kind, values in kinds.items()}


def _is_vaguer(one: dict[str, frozenset[str]], other: dict[str, frozenset[str]]) -> bool:
    return len(one) < len(other) and all(other.get(kind) == values for kind, values in one.items())


def _group(base: str, members: Sequence[Item]) -> Group:
    counted = Counter(cue for item in members for cue in item.cues)
    common = sorted(counted, key=lambda cue: (-counted[cue], cue))
    return Group(base, tuple(sorted(item.key for item in members)), tuple(common[:_MOST_WORDS]))


def _base(*parts: str) -> str:
    return f"{parts[0]}:{sha256('|'.join(parts).encode()).hexdigest()[:40]}"


def _sorted(groups: list[Group]) -> list[Group]:
    whole = [group for group in groups if len(group.keys) >= LEAST]
    return sorted(whole, key=lambda group: (-len(group.keys), group.keys))
