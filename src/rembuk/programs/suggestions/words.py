"""A text as words: short forms written out, stop words gone, and the roots a form may come from, dialects too."""

import re
from collections.abc import Iterator

from rembuk.common.search import words_of
from rembuk.common.word_forms import possible_roots

MOST_CHARACTERS = 2_000
_SHORTEST = 4
# «-na», «-keun» (Sundanese), «-ne», «-e» (Javanese), «-nye», «-ye» (Betawi).
_SPOKEN_ENDINGS = ("keun", "nye", "na", "ne", "ye", "e")
# Words that look like forms of others and are none: «sekali» is no «kali».
_NO_FORMS = frozenset(
    {
        "sekali",
        "pegang",
        "tebus",
        "makanan",
        "peralatan",
        "perumahan",
        "perusahaan",
        "kekurangan",
        "membangun",
        "lebaran",
        "ramai",
    }
)
_REPEATED = re.compile(r"([^\W\d_]{2,})2\b")


def plain_words(text: str) -> list[str]:
    """The words of a text in their order, without those that say nothing."""
    cut = text[:MOST_CHARACTERS].lower()
    return words_of(_REPEATED.sub(r"\1-\1", cut))


def roots_of(word: str) -> Iterator[str]:
    """The word itself and every root it may be a form of."""
    if word in _NO_FORMS:
        yield word
        return
    yield from possible_roots(word)
    for ending in _SPOKEN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield from possible_roots(word.removesuffix(ending))
