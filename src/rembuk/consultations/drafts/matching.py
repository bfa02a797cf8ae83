"""Carrying parts forward from one version to the next: which part of the new text is which of the old one.

Held for any two texts (see the property tests): no old part goes to two new ones; a part whose words stand once in both
texts keeps its identity, wherever it moved, whatever its number now; the same input gives the same result. What is only
likely is marked doubtful, and staff confirm it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from rembuk.consultations.choices import Change
from rembuk.consultations.drafts.parts import Part, parents
from rembuk.consultations.drafts.wordings import forget, likeness, plain_words

# From SURE on two texts under the same label are the same part reworded; from CLEAR on also under another label.
# Between LIKELY and those staff are asked. Below it they are different parts.
SURE, CLEAR, LIKELY = 0.5, 0.8, 0.35
# Under the same label and the same parent even words that share little are likely the part anew.
SAME_PLACE = 0.2
# Of each old part so many new ones are compared at most, those that share its rarest words first.
MOST_COMPARED = 30
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a new part: ``old`` is the index of the part it carries on, ``None`` for a new one."""

    old: int | None
    change: Change
    is_doubtful: bool = False


def match_parts(old: Sequence[Part], new: Sequence[Part]) -> list[Match]:
    """For each new part, in order, what it carries on. Old parts that no match names are removed."""
    found = _Matching(old, new)
    try:
        found.by_words()
        found.by_what_stands_below()
        found.by_place()
        found.by_likeness()
        found.by_what_stands_below()
        found.by_label()
    finally:
        forget()
    return found.matches()


class _Matching:
    """The search: certain pairs first; each step only looks at what is still free on both sides."""

    def __init__(self, old: Sequence[Part], new: Sequence[Part]) -> None:
        self.old, self.new = list(old), list(new)
        self.old_words = [plain_words(part) for part in old]
        self.new_words = [plain_words(part) for part in new]
        self.old_parents = parents([part.depth for part in old])
        self.new_parents = parents([part.depth for part in new])
        self.to_old: dict[int, int] = {}
        self.taken: set[int] = set()
        self.doubtful: set[int] = set()

    def by_words(self) -> None:
        """The same words: unique ones for certain, repeated ones («Cukup jelas.») by full label and then by place."""
        olds, news = _groups(self.old_words), _groups(self.new_words)
        for words, there in olds.items():
            here = news.get(words, []) if words else []
            if len(there) == len(here) == 1:
                self._pair(there[0], here[0])
        for words, there in olds.items():
            here = news.get(words, []) if words else []
            if len(there) > 1 or len(here) > 1:
                self._repeated(there, here)

    def _repeated(self, there: Iterable[int], here: Iterable[int]) -> None:
        """Copies of one text: those with one full label, then those of one label below the same part."""
        self._alone(there, here, self._named_old, self._named_new)
        self._alone(there, here, self._below, self._below_new)

    def _alone(
        self,
        there: Iterable[int],
        here: Iterable[int],
        key_old: Callable[[int], Hashable],
        key_new: Callable[[int], Hashable],
    ) -> None:
        """Pair free parts that are alone under their key on both sides."""
        free_old = _groups_of([i for i in there if i not in self.taken], key_old)
        free_new = _groups_of([j for j in here if j not in self.to_old], key_new)
        for key, olds in free_old.items():
            news = free_new.get(key, [])
            if len(olds) == len(news) == 1:
                self._pair(olds[0], news[0])

    def _named_old(self, index: int) -> Hashable:
        return (self.old[index].kind, self.old[index].full_label)

    def _named_new(self, index: int) -> Hashable:
        return (self.new[index].kind, self.new[index].full_label)

    def _below(self, index: int) -> Hashable:
        return (self.old_parents[index], self.old[index].kind, self.old[index].label)

    def _below_new(self, index: int) -> Hashable:
        parent = self.new_parents[index]
        known = self.to_old.get(parent, -1) if parent is not None else None
        return (known, self.new[index].kind, self.new[index].label)

    def by_place(self) -> None:
        """The same label below the same part, with like words; from the top down, so that parents are known."""
        olds = _groups_of([i for i in range(len(self.old)) if i not in self.taken], self._below)
        for index in range(len(self.new)):
            if index in self.to_old:
                continue
            there = [i for i in olds.get(self._below_new(index), []) if i not in self.taken]
            if len(there) == 1:
                self._try_place(there[0], index)

    def _try_place(self, old: int, new: int) -> None:
        alike = likeness(self.old_words[old], self.new_words[new])
        if alike >= SURE:
            self._pair(old, new)

    def by_likeness(self) -> None:
        """Like words anywhere, the most alike first."""
        pairs = []
        for old, new in self._candidates():
            alike = likeness(self.old_words[old], self.new_words[new])
            same_place = self._below(old) == self._below_new(new)
            least = SAME_PLACE if same_place else LIKELY
            if alike >= least and self.old[old].kind == self.new[new].kind:
                distance = abs(old / max(len(self.old), 1) - new / max(len(self.new), 1))
                pairs.append((-alike - 0.1 * same_place, distance, old, new, alike))
        for _key, _distance, old, new, alike in sorted(pairs):
            if old in self.taken or new in self.to_old:
                continue
            is_short = min(len(self.old_words[old].split()), len(self.new_words[new].split())) < _SHORT
            self._pair(old, new, is_doubtful=alike < CLEAR or is_short)

    def _candidates(self) -> set[tuple[int, int]]:
        """Pairs worth comparing: free parts that share a rare word, or stand under one label."""
        free_new = [j for j in range(len(self.new)) if j not in self.to_old and self.new_words[j]]
        where: dict[str, list[int]] = defaultdict(list)
        for index in free_new:
            for word in dict.fromkeys(self.new_words[index].split()):
                where[word].append(index)
        found: set[tuple[int, int]] = set()
        labels = _groups_of(free_new, self._below_new)
        for index in range(len(self.old)):
            if index in self.taken or not self.old_words[index]:
                continue
            words = sorted(
                set(self.old_words[index].split()) & where.keys(), key=lambda w: (len(where[w]), w)
            )
            near: dict[int, None] = {}
            for word in words:
                near |= dict.fromkeys(where[word])
                if len(near) >= MOST_COMPARED:
                    break
            found.update((index, j) for j in list(near)[:MOST_COMPARED])
            found.update((index, j) for j in labels.get(self._below(index), []))
        return found

    def by_what_stands_below(self) -> None:
        """Parts without words of their own (an article that is only its ayat): what most parts below them come from."""
        votes: dict[int, list[int]] = defaultdict(list)
        for new, old in self.to_old.items():
            if new not in self.doubtful:
                self._vote(votes, old, new)
        for new in reversed(range(len(self.new))):
            if new in self.to_old or self.new_words[new]:
                continue
            wanted = [i for i in votes.get(new, []) if i not in self.taken and self._fits(i, new)]
            if wanted:
                old = max(sorted(set(wanted)), key=wanted.count)
                self._pair(old, new)
                self._vote(votes, old, new)

    def by_label(self) -> None:
        """Parts without words that nothing below them tells: by their full label."""
        bare_old = [i for i in range(len(self.old)) if not self.old_words[i]]
        bare_new = [j for j in range(len(self.new)) if not self.new_words[j]]
        self._alone(bare_old, bare_new, self._named_old, self._named_new)

    def _vote(self, votes: dict[int, list[int]], old: int, new: int) -> None:
        above_new, above_old = self.new_parents[new], self.old_parents[old]
        if above_new is not None and above_old is not None:
            votes[above_new].append(above_old)

    def _fits(self, old: int, new: int) -> bool:
        return not self.old_words[old] and self.old[old].kind == self.new[new].kind

    def _pair(self, old: int, new: int, *, is_doubtful: bool = False) -> None:
        self.to_old[new] = old
        self.taken.add(old)
        if is_doubtful:
            self.doubtful.add(new)

    def matches(self) -> list[Match]:
        changes = changes_of(self.old, self.new, self.to_old)
        return [
            Match(self.to_old.get(index), change, index in self.doubtful)
            for index, change in enumerate(changes)
        ]


def changes_of(old: Sequence[Part], new: Sequence[Part], to_old: dict[int, int]) -> list[Change]:
    """What the new parts are to those they carry on: reworded counts more than moved.

    Moved: another label of its own, below another part, or overtaken by those beside it (the fewest that explain the
    order). A part below a moved one has not moved itself.
    """
    above_old = parents([part.depth for part in old])
    above_new = parents([part.depth for part in new])
    stepped = _stepped(above_old, above_new, to_old)
    found = []
    for index, part in enumerate(new):
        before = to_old.get(index)
        if before is None:
            found.append(Change.NEW)
        elif (old[before].heading, old[before].body) != (part.heading, part.body):
            found.append(Change.CHANGED)
        elif (old[before].kind, old[before].label) != (part.kind, part.label) or index in stepped:
            found.append(Change.MOVED)
        else:
            found.append(Change.UNCHANGED)
    return found


def _stepped(
    above_old: Sequence[int | None], above_new: Sequence[int | None], to_old: dict[int, int]
) -> set[int]:
    """New parts that stand below another part than before, or out of the order of those beside them."""
    stepped: set[int] = set()
    beside: dict[int | None, list[int]] = defaultdict(list)
    for new, old in sorted(to_old.items()):
        parent = above_new[new]
        known = to_old.get(parent) if parent is not None else None
        if (parent is None) != (above_old[old] is None) or (parent is not None and known != above_old[old]):
            stepped.add(new)
        else:
            beside[parent].append(new)
    for row in beside.values():
        kept = _longest_rising([to_old[new] for new in row])
        stepped.update(new for place, new in enumerate(row) if place not in kept)
    return stepped


def _longest_rising(values: Sequence[int]) -> set[int]:
    """Places of a longest rising row within the values."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(ends, value)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [value]
        last[at : at + 1] = [place]
    kept: set[int] = set()
    place = last[-1] if last else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


def _groups(words: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(words):
        found[text].append(index)
    return found


def _groups_of(indexes: Iterable[int], key: Callable[[int], Hashable]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index in indexes:
        found[key(index)].append(index)
    return found
