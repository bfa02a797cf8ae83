"""How alike two parts are: words in common, position and label. Pure numbers between 0 and 1."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from rembuk.consultations.drafts.parts import Part

_WORD = re.compile(r"\w+")


def plain_words(part: Part) -> str:
    """The words of a part without case, punctuation and blanks: what must be equal for «unchanged»."""
    return " ".join(_WORD.findall(part.words.lower()))


@cache
def _bag(text: str) -> Counter[str]:
    words = text.split()
    return Counter([*words, *(f"{a} {b}" for a, b in pairwise(words))])


def likeness(old: str, new: str) -> float:
    """Share of words and neighbouring pairs of words in common (Dice), of texts as ``plain_words`` gives them."""
    if not old or not new:
        return 1.0 if old == new else 0.0
    one, two = _bag(old), _bag(new)
    common = sum((one & two).values())
    return 2 * common / (one.total() + two.total())


def forget() -> None:
    """Let go of the counted words of texts that were compared."""
    _bag.cache_clear()
