"""Which words texts have in common, for the eye: what staff see marked before they say that texts belong together."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rembuk.consultations.likeness.lexicon import lexicon
from rembuk.consultations.likeness.meaning import MOST_CHARACTERS
from rembuk.consultations.likeness.terms import Term, pieces_of
from rembuk.consultations.likeness.tokens import tokens_of

type Segments = list[tuple[str, bool]]

# A meaning is common when so large a part of the texts has it.
_COMMON = 0.5


def marked(texts: Sequence[str]) -> list[Segments]:
    """Each text in pieces, with whether the piece means what at least half of the texts mean; joined they give the text."""
    known = lexicon()
    terms = [
        [piece.term for piece in pieces_of(tokens_of(text[:MOST_CHARACTERS], known), known) if piece.term]
        for text in texts
    ]
    count = Counter(mark for found in terms for mark in {mark for term in found for mark in term.marks})
    least = max(2, _COMMON * len(texts))
    common = {mark for mark, number in count.items() if number >= least}
    return [
        _segments(text, (term for term in found if term.marks & common))
        for text, found in zip(texts, terms, strict=True)
    ]


def _segments(text: str, terms: Iterable[Term]) -> Segments:
    found: Segments = []
    place = 0
    for start, end in sorted({(term.start, term.end) for term in terms}):
        if start < place:
            continue
        found += [(text[place:start], False), (text[start:end], True)]
        place = end
    found.append((text[place:], False))
    return [(piece, is_common) for piece, is_common in found if piece]
