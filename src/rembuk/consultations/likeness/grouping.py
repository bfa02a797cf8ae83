"""Groups of like texts among many: candidates by what is rare in them, joined from the most alike down, kept together.

A group grows only where what comes in is like what is in it on the whole, and contrary to none of it: «a like b» and «b like c»
join nothing by themselves. The order in which the texts come changes nothing. Bounded work for each text, whatever is common.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from rembuk.consultations.likeness.compare import SAME_CLAUSE_BONUS, Comparison, compared
from rembuk.consultations.likeness.lexicon import lexicon
from rembuk.consultations.likeness.meaning import Meaning, read

# Higher than between two texts that a person chose (``compare.ALIKE``): among thousands most pairs are unlike, and one wrong
# member costs staff more than one missing. Chosen on the half of the labelled texts that is for tuning.
LINE = 0.5
# Each text is looked for by pairs of its rarest marks, and compared with so many of those that share one.
_RAREST, _NEAREST = 7, 40
# Between two groups so many of each are compared. Few of these pairs may be contrary or less alike than a share of the line: one
# that slipped in (a word misread) must not keep others out.
_SAMPLE, _LEAST, _STRANGE = 6, 0.7, 0.2
# Of different butir only texts that say by themselves what they are about go together.
_SELF_CONTAINED = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text to be grouped. ``direction``: 1 for, -1 against, 0 neither; ``parted``: sets of which a group holds only one."""

    key: int
    text: str
    clause: int | None = None
    direction: int = 0
    parted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Node:
    """All items that say the very same of the same."""

    text: str
    clause: int | None
    direction: int
    parted: frozenset[int]
    keys: tuple[int, ...]
    meaning: Meaning


@dataclass(slots=True)
class Cluster:
    """A group that grows: its members in an order of their own, and what it can't take any more."""

    nodes: list[int]
    directions: set[int]
    parted: frozenset[int]


def groups_of(items: Iterable[Item], *, line: float = LINE) -> list[list[int]]:
    """The keys of like items, each group and the list of groups sorted: the largest first. Items without others are left out."""
    nodes = _nodes(items)
    work = _Work(nodes, line)
    for _, left, right in work.edges():
        work.join(left, right)
    found = [
        sorted(key for index in cluster.nodes for key in nodes[index].keys) for cluster in work.clusters()
    ]
    return sorted((keys for keys in found if len(keys) > 1), key=lambda keys: (-len(keys), keys))


def sample_of(texts: Sequence[str]) -> str:
    """The text that is most like the others: what a group may be called by. Looks at a few of many only."""
    read_texts = [(text, read(text, lexicon())) for text in _few(sorted(set(texts)), 24)]

    def nearness(one: tuple[str, Meaning]) -> float:
        return sum(compared(one[1], other).score for _, other in _few(read_texts, 12))

    return max(read_texts, key=lambda one: (nearness(one), -len(one[0]), one[0]))[0]


def pair_score(left: Node, right: Node) -> Comparison:
    """Two nodes compared, with what is known beside the words."""
    found = compared(left.meaning, right.meaning)
    if left.clause is None or right.clause is None:
        return found
    if left.clause == right.clause:
        return Comparison(min(1.0, found.score + SAME_CLAUSE_BONUS), found.apart, found.exchanged)
    if min(left.meaning.weight, right.meaning.weight) < _SELF_CONTAINED:
        return Comparison(0.0, found.apart, found.exchanged)
    return found


def _nodes(items: Iterable[Item]) -> list[Node]:
    found: dict[tuple[str, int, int, tuple[int, ...]], list[Item]] = defaultdict(list)
    for item in items:
        plain = " ".join(item.text.lower().split()).strip(" .!")
        found[(plain, item.clause or 0, item.direction, tuple(sorted(item.parted)))].append(item)
    known = lexicon()
    meanings = {text: read(text, known) for text in {key[0] for key in found}}
    nodes: list[Node] = []
    for (plain, clause, direction, parted), same in sorted(found.items()):
        parts = [[item.key] for item in same] if parted else [[item.key for item in same]]
        nodes += [
            Node(plain, clause or None, direction, frozenset(parted), tuple(sorted(keys)), meanings[plain])
            for keys in parts
        ]
    return nodes


class _Work:
    """The state of one grouping: which node lies in which cluster, and scores that were needed before."""

    def __init__(self, nodes: list[Node], line: float) -> None:
        self.nodes = nodes
        self._line = line
        self._scores: dict[tuple[int, int], Comparison] = {}
        self._of: dict[int, Cluster] = {
            index: Cluster([index], {node.direction} - {0}, node.parted) for index, node in enumerate(nodes)
        }

    def clusters(self) -> list[Cluster]:
        """Every cluster once."""
        return list({id(cluster): cluster for cluster in self._of.values()}.values())

    def score(self, left: int, right: int) -> Comparison:
        """The likeness of two nodes, reckoned once."""
        pair = (left, right) if left < right else (right, left)
        found = self._scores.get(pair)
        if found is None:
            found = self._scores[pair] = pair_score(self.nodes[pair[0]], self.nodes[pair[1]])
        return found

    def edges(self) -> list[tuple[float, int, int]]:
        """Pairs above the line, the most alike first."""
        found = []
        for left, right in self._candidates():
            score = self.score(left, right).score
            if score >= self._line:
                found.append((-round(score, 6), left, right))
        return sorted(found)

    def join(self, left: int, right: int) -> None:
        """Make one cluster of two, if they hold together."""
        one, other = self._of[left], self._of[right]
        if one is other or not self._hold_together(one, other):
            return
        kept, gone = (one, other) if len(one.nodes) >= len(other.nodes) else (other, one)
        kept.nodes = sorted(kept.nodes + gone.nodes)
        kept.directions |= gone.directions
        kept.parted |= gone.parted
        for index in gone.nodes:
            self._of[index] = kept

    def _hold_together(self, one: Cluster, other: Cluster) -> bool:
        if len(one.directions | other.directions) > 1 or one.parted & other.parted:
            return False
        pairs = [self.score(left, right) for left in _spread(one.nodes) for right in _spread(other.nodes)]
        strange = sum(bool(pair.apart) or pair.score < _LEAST * self._line for pair in pairs)
        if strange > _STRANGE * len(pairs):
            return False
        return sum(pair.score for pair in pairs) >= self._line * len(pairs)

    def _candidates(self) -> list[tuple[int, int]]:
        """Pairs worth a look: those that share two of their rarest marks, the nearest in reading of the index only."""
        count = Counter(mark for node in self.nodes for mark in node.meaning.marks)
        buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, node in enumerate(self.nodes):
            rare = sorted(
                (mark for mark in node.meaning.marks if count[mark] > 1), key=lambda mark: (count[mark], mark)
            )[:_RAREST]
            for pair in combinations(sorted(rare), 2):
                buckets[pair].append(index)
            if len(rare) == 1 or len(node.meaning.marks) <= 2:
                buckets[(rare[0] if rare else "", "")].append(index)
        return _pairs(buckets)


def _pairs(buckets: dict[tuple[str, str], list[int]]) -> list[tuple[int, int]]:
    """From each bucket, the smallest first, every text with the next ones in it; a text is given at most so many."""
    found: set[tuple[int, int]] = set()
    given: Counter[int] = Counter()
    for _, members in sorted(buckets.items(), key=lambda row: (len(row[1]), row[0])):
        for place, left in enumerate(members):
            for right in members[place + 1 : place + 1 + _NEAREST]:
                if given[left] >= _NEAREST:
                    break
                if (left, right) not in found:
                    found.add((left, right))
                    given[left] += 1
    return sorted(found)


def _spread(nodes: list[int]) -> list[int]:
    return _few(nodes, _SAMPLE)


def _few[T](things: Sequence[T], number: int) -> list[T]:
    """A few of many, spread over all of them."""
    if len(things) <= number:
        return list(things)
    step = len(things) / number
    return [things[int(place * step)] for place in range(number)]
