"""What a text asks for: the theme whose words it uses most. The words stand in ``themes.toml``."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from rembuk.programs.suggestions.words import placed_words, roots_of

_FILE = Path(__file__).with_name("themes.toml")
_WEIGHTS = {"strong": 2, "weak": 1}
_LONGEST_PHRASE = 3
# Of these people also speak to say where something is: «lampu di depan sekolah» asks for no school.
_LANDMARKS = frozenset(
    {
        "village_hall",
        "market",
        "school",
        "worship",
        "cemetery",
        "health",
        "transport",
        "sports",
        "park",
        "bridge",
    }
)
# A theme needs one strong word or two weak ones, and more than any other theme has. Chosen on the half for tuning.
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """The theme of a text, empty if it has none, and the words that speak for it."""

    theme: str = ""
    cues: tuple[str, ...] = ()


@dataclass(slots=True)
class Themes:
    """Words and phrases, each with the themes it speaks for and how loudly."""

    words: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    phrases: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


@cache
def version() -> str:
    """Changes with the words, so that a new lexicon is read with at once; raise the first part when reading changes otherwise."""
    return f"1{sha256(_FILE.read_bytes()).hexdigest()[:7]}"


@cache
def themes() -> Themes:
    """The themes of the product, read once."""
    return read_themes(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def read_themes(plain: dict[str, dict[str, str]]) -> Themes:
    """Themes from the tables of a file."""
    made = Themes()
    for theme, lists in plain.items():
        for strength, weight in _WEIGHTS.items():
            for entry in lists[strength].split():
                found = (made.phrases if "_" in entry else made.words)[entry]
                found[theme] = max(weight, found.get(theme, 0))
    return made


def theme_of(text: str, known: Themes | None = None) -> Reading:
    """What a text asks for; no theme where it says nothing known, or two things as loudly."""
    scores: dict[str, dict[str, int]] = defaultdict(dict)
    for cue, speaks_for, is_where in _cues(placed_words(text), known or themes()):
        for theme, weight in speaks_for.items():
            told = weight - 1 if is_where and theme in _LANDMARKS else weight
            scores[theme][cue] = max(told, scores[theme].get(cue, 0))
    ranked = sorted(((sum(cues.values()), theme) for theme, cues in scores.items()), reverse=True)
    if not ranked or ranked[0][0] < _LEAST or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return Reading()
    best = ranked[0][1]
    loudest = sorted(scores[best], key=lambda cue: (-scores[best][cue], cue))
    return Reading(best, tuple(cue.replace("_", " ") for cue in loudest))


def _cues(words: list[tuple[str, bool]], known: Themes) -> Iterator[tuple[str, dict[str, int], bool]]:
    plain = [word for word, _ in words]
    for index, (word, is_where) in enumerate(words):
        for length in range(2, _LONGEST_PHRASE + 1):
            phrase = "_".join(plain[index : index + length])
            if phrase in known.phrases:
                yield phrase, known.phrases[phrase], is_where
        root = next((root for root in roots_of(word) if root in known.words), None)
        if root is not None:
            yield root, known.words[root], is_where
