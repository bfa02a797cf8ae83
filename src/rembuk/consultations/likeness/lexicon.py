"""The lexicon: which class of meaning a word, in whatever form, belongs to. The words themselves stand in ``lexicon.toml``."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rembuk.common.words.forms import possible_roots, stem

_FILE = Path(__file__).with_name("lexicon.toml")
FACETS = ("thing", "who", "money", "act", "quality", "process", "place", "time", "side")
# Facets whose things can be exchanged for another, which makes another wish of a sentence.
EXCHANGEABLE = frozenset({"thing", "who", "money", "time", "side"})

type Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word or phrase means: classes (``thing.road``) and directions ((``amount``, 1) for «naik»).

    ``pleas`` are directions that no refusal turns round.
    """

    classes: frozenset[str] = frozenset()
    directions: frozenset[tuple[str, int]] = frozenset()
    pleas: frozenset[tuple[str, int]] = frozenset()
    is_light: bool = False
    is_payment: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the lexicon says nothing of it."""
        return not (self.classes or self.directions or self.pleas or self.is_light or self.is_payment)

    def joined(self, other: "Sense") -> "Sense":
        """Both together."""
        return Sense(
            self.classes | other.classes,
            self.directions | other.directions,
            self.pleas | other.pleas,
            self.is_light or other.is_light,
            self.is_payment or other.is_payment,
        )


_NOTHING = Sense()


@dataclass(slots=True)
class Lexicon:
    """Look-ups by very form, by root, and by phrase (the longest first)."""

    short: dict[str, Phrase] = field(default_factory=dict)
    forms: dict[str, Sense] = field(default_factory=dict)
    roots: dict[str, Sense] = field(default_factory=dict)
    phrases: dict[str, list[tuple[Phrase, Sense]]] = field(default_factory=lambda: defaultdict(list))
    weights: dict[str, float] = field(default_factory=dict)
    class_weights: dict[str, float] = field(default_factory=dict)
    turns: dict[str, frozenset[str]] = field(default_factory=dict)
    general: frozenset[str] = frozenset()
    _senses: dict[str, tuple[str, Sense]] = field(default_factory=dict)

    def sense(self, word: str) -> tuple[str, Sense]:
        """The root (or stem) of a word in lower case and what it means; an unknown word means nothing but itself."""
        found = self._senses.get(word)
        if found is None:
            found = self._looked_up(word)
            if len(self._senses) < _MOST_KEPT:
                self._senses[word] = found
        return found

    def _looked_up(self, word: str) -> tuple[str, Sense]:
        of_form = self.forms.get(word) or self.forms.get(word.removesuffix("nya"), _NOTHING)
        for root in possible_roots(word):
            if root in self.roots:
                return root, self.roots[root].joined(of_form)
        return (word, of_form) if not of_form.is_empty else (stem(word), _NOTHING)

    def phrase_at(self, words: list[str], start: int) -> tuple[int, Sense]:
        """The longest phrase that begins there: how many words it has (0: none) and what it means."""
        for phrase, sense in self.phrases.get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                return len(phrase), sense
        return 0, _NOTHING

    def weight(self, sense: Sense) -> float:
        """How much a word with this sense says: the most of its classes."""
        heavy = [self.class_weights.get(name, self.weights[name.partition(".")[0]]) for name in sense.classes]
        if sense.directions or sense.pleas:
            heavy.append(self.weights["axis"])
        if heavy:
            return max(heavy)
        return self.weights["light" if sense.is_light or sense.is_payment else "unknown"]

    def words_for(self, key: str, sense: Sense) -> list[str]:
        """Roots and phrases of the same classes, shortest stems first to be looked for in texts; an unknown word is itself."""
        if not sense.classes:
            return [key.replace("_", " ")]
        words = [
            word
            for word, other in (*self.roots.items(), *self.forms.items())
            if other.classes & sense.classes
        ]
        for phrases in self.phrases.values():
            words += [" ".join(phrase) for phrase, other in phrases if other.classes & sense.classes]
        return sorted({key.replace("_", " "), *words}, key=lambda word: (word != key, len(word), word))

    def is_turn(self, kind: str, word: str, root: str) -> bool:
        """Whether a word stands on one of the lists of ``[turn]``, as written or by its root."""
        return word in self.turns[kind] or root in self.turns[kind]

    def add(self, entry: str, sense: Sense) -> None:
        """Put one entry of the file in its place."""
        if "_" in entry:
            phrase = tuple(entry.split("_"))
            known = self.phrases[phrase[0]]
            same = next((index for index, (words, _) in enumerate(known) if words == phrase), None)
            if same is None:
                known.append((phrase, sense))
            else:
                known[same] = (phrase, known[same][1].joined(sense))
            known.sort(key=lambda row: -len(row[0]))
        elif entry.startswith("="):
            self.forms[entry[1:]] = self.forms.get(entry[1:], _NOTHING).joined(sense)
        else:
            self.roots[entry] = self.roots.get(entry, _NOTHING).joined(sense)


_MOST_KEPT = 50_000


@cache
def lexicon() -> Lexicon:
    """The lexicon of the product, read once."""
    return read(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def read(plain: dict[str, Any]) -> Lexicon:
    """A lexicon from the tables of a file."""
    weights = dict(plain["weights"])
    made = Lexicon(class_weights=weights.pop("of_class"), weights=weights)
    made.general = frozenset(plain["general"]["words"].split())
    made.turns = {kind: _turn_words(words) for kind, words in plain["turn"].items()}
    for entry in plain["short"]["words"].split():
        short, _, long = entry.partition(":")
        made.short[short] = tuple(long.split("_"))
    for entry in plain["light"]["words"].split():
        made.add(entry, Sense(is_light=True))
    for entry in plain["payer"]["words"].split():
        made.add(entry, Sense(is_payment=True))
    for facet in FACETS:
        for name, words in plain[facet].items():
            for entry in words.split():
                made.add(entry, Sense(classes=frozenset({f"{facet}.{name}"})))
    for axis, sides in plain["axis"].items():
        for side, words in sides.items():
            pointing = frozenset({(axis, 1 if side.endswith("plus") else -1)})
            sense = Sense(pleas=pointing) if side.startswith("pleads") else Sense(directions=pointing)
            for entry in words.split():
                made.add(entry, sense)
    for entry in f"{plain['turn']['forbid']} {plain['turn']['deny']}".split():
        if "_" in entry:
            made.add(entry, Sense(is_light=True))
    return made


def _turn_words(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())
