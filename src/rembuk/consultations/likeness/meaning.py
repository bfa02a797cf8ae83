"""What a text means, as far as words and forms tell: its terms, what it asks for, its amounts, names and payers.

Read once per text, compared often: ``compare``. Not here: any judgement of two texts.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from rembuk.consultations.likeness.lexicon import Lexicon, Sense, lexicon
from rembuk.consultations.likeness.polarity import Sign, restrains, signs_of, wishes
from rembuk.consultations.likeness.quantities import Quantities, quantities_of
from rembuk.consultations.likeness.terms import Piece, Term, pieces_of
from rembuk.consultations.likeness.tokens import Kind, tokens_of

MOST_CHARACTERS = (
    4_000  # of a text; what follows says rarely anything new, and an answer is given to the point
)
_AMOUNT_WEIGHT = 0.4
_PAYER_REACH, _PAYER_BEFORE = 4, 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """A text as it is compared."""

    terms: tuple[Term, ...]
    weight: float
    trigrams: frozenset[str]
    marks: frozenset[str]
    signs: dict[str, frozenset[Sign]] = field(default_factory=dict)
    has_refusal: bool = False
    has_wish: bool = False
    has_restraint: bool = False
    amounts: Quantities = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    payers: frozenset[tuple[str, bool]] = frozenset()


@lru_cache(maxsize=4_096)
def meaning_of(text: str) -> Meaning:
    """Read a text; the same text gives the same meaning."""
    return read(text, lexicon())


def read(text: str, known: Lexicon) -> Meaning:
    """Read a text with a lexicon."""
    tokens = tokens_of(text[:MOST_CHARACTERS], known)
    pieces = list(pieces_of(tokens, known))
    signs, has_refusal = signs_of(pieces, known)
    amounts = quantities_of(tokens, known)
    terms = (*_unlike_terms(pieces), *_amount_terms(amounts))
    return Meaning(
        terms=terms,
        weight=sum(term.weight for term in terms),
        trigrams=_trigrams(" ".join(token.text for token in tokens if token.kind is not Kind.MARK)),
        marks=frozenset(mark for term in terms for mark in term.marks),
        signs=signs,
        has_refusal=has_refusal,
        has_wish=wishes(pieces, known),
        has_restraint=restrains(pieces, known),
        amounts=amounts,
        names=frozenset(piece.term.key for piece in pieces if piece.term is not None and piece.term.is_name),
        payers=_payers(pieces),
    )


def _unlike_terms(pieces: list[Piece]) -> tuple[Term, ...]:
    """Each term once: the first with its marks."""
    found: dict[frozenset[str], Term] = {}
    for piece in pieces:
        if piece.term is not None:
            found.setdefault(piece.term.marks, piece.term)
    return tuple(found[marks] for marks in sorted(found, key=sorted))


def _amount_terms(amounts: Quantities) -> list[Term]:
    """The same amount in two texts speaks for them, in whatever form it was written."""
    keys = sorted(f"{kind} {value:g}" for kind, values in amounts.items() for value in values)
    return [Term(key, key, Sense(classes=frozenset({f"amount.{key}"})), _AMOUNT_WEIGHT, 0, 0) for key in keys]


def _trigrams(words: str) -> frozenset[str]:
    return frozenset(
        padded[index : index + 3]
        for word in words.split()
        for padded in [f"  {word} "]
        for index in range(len(padded) - 2)
    )


def _payers(pieces: list[Piece]) -> frozenset[tuple[str, bool]]:
    """Who pays or answers for it by the text, and whether that is refused («jangan dibebankan ke desa»)."""
    found: set[tuple[str, bool]] = set()
    for index, piece in enumerate(pieces):
        if piece.sense.is_payment:
            is_refused = any(
                other.root in {"jangan", "tidak", "bukan"} for other in pieces[max(0, index - 2) : index]
            )
            found |= {(who, is_refused) for who in _payer_near(pieces, index)}
    return frozenset(found)


def _payer_near(pieces: list[Piece], index: int) -> frozenset[str]:
    following = _first_who(pieces[index + 1 : index + 1 + _PAYER_REACH])
    if following or pieces[index].words.startswith("di"):
        return following
    return _first_who(pieces[max(0, index - _PAYER_BEFORE) : index][::-1])


def _first_who(pieces: list[Piece]) -> frozenset[str]:
    for piece in pieces:
        if piece.ends_clause:
            break
        who = frozenset(name for name in piece.sense.classes if name.startswith("who."))
        if who:
            return who
    return frozenset()
