"""A text as words: short forms written out, stop words gone, and the roots a form may come from, dialects too."""

import re
from collections.abc import Iterator

from rembuk.common.search import is_stop_word, written_out
from rembuk.common.words.forms import possible_roots

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
_WHERE_WORDS = """
    di ke ka dari menuju arah sampai dekat deket deukeut depan dpn hareup ngarep muka belakang blkg mburi tukang samping sebelah
    seberang sekitar pinggir tepi neng ning kat atas bawah dalam antara lewat perbatasan
"""
_WHERE = frozenset(_WHERE_WORDS.split())
_REPEATED = re.compile(r"([^\W\d_]{2,})2\b")


def placed_words(text: str) -> list[tuple[str, bool]]:
    """The words of a text without those that say nothing; and of each whether it says where («di pasar», «menuju balai»)."""
    words = written_out(_REPEATED.sub(r"\1-\1", text[:MOST_CHARACTERS].lower()))
    placed = zip(words, ["", *words], strict=False)
    return [(word, before in _WHERE) for word, before in placed if not is_stop_word(word)]


def roots_of(word: str) -> Iterator[str]:
    """The word itself and every root it may be a form of."""
    if word in _NO_FORMS:
        yield word
        return
    yield from possible_roots(word)
    for ending in _SPOKEN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield from possible_roots(word.removesuffix(ending))
