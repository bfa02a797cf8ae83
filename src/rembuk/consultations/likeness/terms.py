"""A text cut into terms: words and phrases that say something, each with its sense; names of places among them."""

from collections.abc import Iterator
from dataclasses import dataclass

from rembuk.consultations.likeness.lexicon import Lexicon, Sense
from rembuk.consultations.likeness.tokens import Kind, Token

_PLACES = """
    jalan pasar desa kelurahan kecamatan kampung dusun terminal simpang jembatan sungai gang kabupaten kota taman pulau
    pantai waduk perumahan kompleks stasiun gunung danau puskesmas lapangan provinsi embung bendungan situ kawasan
"""
_PLACE_NOUNS = frozenset(_PLACES.split())
_NAME_LENGTH = 3
_NEVER_NAMES = frozenset({"thing", "who", "money", "process"})


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase that says something: its key (root, stem or phrase), the words, its sense, weight and place."""

    key: str
    words: str
    sense: Sense
    weight: float
    start: int
    end: int
    is_name: bool = False

    @property
    def marks(self) -> frozenset[str]:
        """What it can be matched by: its classes and axes, or, if unknown, its stem."""
        axes = frozenset(f"axis.{axis}" for axis, _ in self.sense.directions | self.sense.pleas)
        return (self.sense.classes | axes) or frozenset({f"word.{self.key}"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A token or phrase in its place: what the text is walked by. ``term`` is None for marks, numbers and light words."""

    words: str
    root: str
    sense: Sense
    term: Term | None
    ends_clause: bool = False


def pieces_of(tokens: list[Token], known: Lexicon) -> Iterator[Piece]:
    """A text cut into words and phrases, each with its sense."""
    words = [token.text for token in tokens]
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind is not Kind.WORD:
            yield Piece(token.text, token.text, Sense(), None, ends_clause=token.ends_clause)
            index += 1
            continue
        length, sense = known.phrase_at(words, index)
        key = "_".join(words[index : index + length])
        if not length:
            length = 1
            key, sense = known.sense(token.text)
        is_name = _is_name(tokens, index, sense, known) if length == 1 else False
        yield _piece(tokens[index : index + length], key, sense, is_name=is_name, known=known)
        index += length


def _piece(tokens: list[Token], key: str, sense: Sense, *, is_name: bool, known: Lexicon) -> Piece:
    words = " ".join(token.text for token in tokens)
    if is_name:
        key, sense = words, Sense()
    weight = known.weight(sense)
    is_word = len(words) >= _NAME_LENGTH or is_name
    start, end = tokens[0].start, tokens[-1].end
    term = Term(key, words, sense, weight, start, end, is_name) if weight > 0 and is_word else None
    return Piece(words, key, sense, term)


def _is_name(tokens: list[Token], index: int, sense: Sense, known: Lexicon) -> bool:
    """Whether a word is the name of a place or body: capital inside a sentence and unknown, or capital after «Pasar», «Jalan»."""
    token = tokens[index]
    if not token.is_capital or index == 0 or len(token.text) < _NAME_LENGTH:
        return False
    before = tokens[index - 1]
    if before.kind is Kind.WORD and before.text in _PLACE_NOUNS:
        facets = {name.partition(".")[0] for name in sense.classes}
        return token.text not in _PLACE_NOUNS and not facets & _NEVER_NAMES
    return before.kind is Kind.WORD and sense.is_empty
