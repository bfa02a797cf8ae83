"""Likeness of two texts, from 0 to 1: what they have in common, lowered where they mean unlike things.

Symmetric; 1 for a text and itself. ``ALIKE`` is the line above which one answer is likely to do for both: tuned on the half
of ``bench/likeness_pairs.toml`` that is there for it, measured on the other.
"""

from dataclasses import dataclass
from enum import Enum

from rembuk.consultations.likeness.lexicon import EXCHANGEABLE, lexicon
from rembuk.consultations.likeness.meaning import Meaning, meaning_of
from rembuk.consultations.likeness.polarity import Sign
from rembuk.consultations.likeness.terms import Term

ALIKE = 0.4
SAME_CLAUSE_BONUS = 0.05
_MEANING, _LETTERS = 0.75, 0.25
_COMMON, _CONTAINED = 0.6, 0.4
_APART = 0.4
_EXCHANGED = 0.8
_ENOUGH = 0.6
_NEARLY_THE_SAME_WORDS = 0.5
_HEAVY = 0.35
# From so many letters on, one slip more is taken for a slip.
_SLIPS = (5, 9)


class Apart(Enum):
    """Why two texts that have much in common do not mean the same."""

    DIRECTION = "direction"
    REFUSAL = "refusal"
    AMOUNT = "amount"
    PLACE = "place"
    PAYER = "payer"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The likeness of two texts and what speaks against it."""

    score: float
    apart: frozenset[Apart]
    exchanged: int


def likeness(first: str, second: str) -> float:
    """How alike two texts are, from 0 to 1."""
    return compared(meaning_of(first), meaning_of(second)).score


def are_alike(first: str, second: str) -> bool:
    """Whether one answer is likely to do for both."""
    return likeness(first, second) >= ALIKE


def compared(first: Meaning, second: Meaning) -> Comparison:
    """Two texts compared."""
    matched_first, matched_second = _matched(first, second)
    shared = _weight(matched_first) + _weight(matched_second)
    whole = first.weight + second.weight
    letters = _dice(first.trigrams, second.trigrams)
    if not whole:
        return Comparison(letters, frozenset(), 0)
    common = shared / whole
    smaller = min(first.weight, second.weight)
    contained = min(1.0, shared / 2 / smaller) if smaller else 0.0
    # A short text within a long one is like it, if what they share says enough.
    evidence = shared / (shared + 2 * _ENOUGH)
    contained = common + (contained - common) * evidence
    score = _MEANING * (_COMMON * common + _CONTAINED * contained) + _LETTERS * letters
    apart = _what_sets_apart(first, second)
    exchanged = _exchanged(first, second, matched_first, matched_second)
    if (
        letters >= _NEARLY_THE_SAME_WORDS
        and _says_more(first, matched_first)
        and _says_more(second, matched_second)
    ):
        apart |= {Apart.THING}
    score *= _EXCHANGED**exchanged * (_APART if apart else 1.0)
    return Comparison(min(score, 1.0), apart, exchanged)


def _weight(terms: frozenset[Term]) -> float:
    return sum(sorted(term.weight for term in terms))


def _matched(first: Meaning, second: Meaning) -> tuple[frozenset[Term], frozenset[Term]]:
    """The terms of each that the other has too, in whatever word or slip of the pen."""
    of_first = {term for term in first.terms if term.marks & second.marks}
    of_second = {term for term in second.terms if term.marks & first.marks}
    rest_first = [term for term in first.terms if term not in of_first]
    rest_second = [term for term in second.terms if term not in of_second]
    for term in rest_first:
        for other in rest_second:
            is_unknown = term.sense.is_empty or other.sense.is_empty
            if is_unknown and _are_spellings(term.words, other.words):
                of_first.add(term)
                of_second.add(other)
    return frozenset(of_first), frozenset(of_second)


def _are_spellings(word: str, other: str) -> bool:
    """Whether two words are one but for a slip: a letter more, less or other in five, two in nine."""
    if word == other:
        return True
    shorter = min(len(word), len(other))
    slips = sum(shorter >= least for least in _SLIPS)
    if abs(len(word) - len(other)) > slips or word[0] != other[0]:
        return False
    return _distance(word, other) <= slips


def _distance(word: str, other: str) -> int:
    """How many letters must be put in, taken out or changed (Levenshtein)."""
    row = list(range(len(other) + 1))
    for index, letter in enumerate(word):
        above, row = row, [index + 1]
        for place, counterpart in enumerate(other):
            changed = above[place] + (letter != counterpart)
            row.append(min(changed, above[place + 1] + 1, row[place] + 1))
    return row[-1]


def _dice(first: frozenset[str], second: frozenset[str]) -> float:
    if not first and not second:
        return 1.0
    return 2 * len(first & second) / (len(first) + len(second))


def _what_sets_apart(first: Meaning, second: Meaning) -> frozenset[Apart]:
    found = {
        Apart.DIRECTION: _points_apart(first, second),
        Apart.REFUSAL: _is_refused_once(first, second) or _is_refused_once(second, first),
        Apart.AMOUNT: any(
            _differ(first.amounts[kind], second.amounts[kind])
            for kind in first.amounts.keys() & second.amounts.keys()
        ),
        Apart.PLACE: _names_differ(first.names, second.names),
        Apart.PAYER: _payers_differ(first, second),
    }
    return frozenset(reason for reason, holds in found.items() if holds)


def _differ(first: frozenset[float], second: frozenset[float]) -> bool:
    """Unlike unless one says all that the other says: «dari 5.000 ke 3.000» and «3.000» go together."""
    return not (first <= second or second <= first)


def _points_apart(first: Meaning, second: Meaning) -> bool:
    """Whether they point to contrary sides of an axis. Stances count only where they share no axis of content."""
    shared = {name for name in first.signs.keys() & second.signs.keys() if name.startswith("axis.")}
    content = {name for name in shared if name != "axis.stance"}
    return any(_contrary(first, second, name) for name in content or shared)


def _contrary(first: Meaning, second: Meaning, name: str) -> bool:
    one, other = first.signs[name], second.signs[name]
    one_tells, other_tells = any(sign.is_fact for sign in one), any(sign.is_fact for sign in other)
    if (one_tells and second.has_wish) or (other_tells and first.has_wish):
        return False  # a complaint and a wish
    sides = {_side(sign) for sign in one}, {_side(sign) for sign in other}
    return not sides[0] & sides[1]


def _side(sign: Sign) -> Sign:
    return {Sign.FACT_PLUS: Sign.PLUS, Sign.FACT_MINUS: Sign.MINUS}.get(sign, sign)


def _is_refused_once(one: Meaning, other: Meaning) -> bool:
    """Whether something refused (or told as missing) in one stands plainly in the other, and the other refuses nothing."""
    if other.has_restraint or other.has_refusal:
        return False
    refused = {
        name for name, signs in one.signs.items() if not name.startswith("axis.") and Sign.PLUS not in signs
    }
    plain = {name for name in refused & other.signs.keys() if other.signs[name] == {Sign.PLUS}}
    return any(not (other.has_wish and all(sign.is_fact for sign in one.signs[name])) for name in plain)


def _names_differ(first: frozenset[str], second: frozenset[str]) -> bool:
    if not first or not second:
        return False
    return not (_all_in(first, second) or _all_in(second, first))


def _all_in(some: frozenset[str], others: frozenset[str]) -> bool:
    return all(any(_are_spellings(name, other) for other in others) for name in some)


def _payers_differ(first: Meaning, second: Meaning) -> bool:
    if first.payers == second.payers:
        return False
    for is_refused in (False, True):
        one = {who for who, refused in first.payers if refused is is_refused}
        other = {who for who, refused in second.payers if refused is is_refused}
        if one and other and not one & other:
            return True
    return any((who, not refused) in second.payers for who, refused in first.payers)


def _says_more(meaning: Meaning, matched: frozenset[Term]) -> bool:
    """Whether a text names something of weight that the other does not."""
    return any(term.weight >= _HEAVY for term in meaning.terms if term not in matched)


def _exchanged(
    first: Meaning, second: Meaning, matched_first: frozenset[Term], matched_second: frozenset[Term]
) -> int:
    """In how many facets each names something the other does not: a clinic here, a school there; 1 across facets."""
    one = {facet for term in first.terms if term not in matched_first for facet in _facets(term)}
    other = {facet for term in second.terms if term not in matched_second for facet in _facets(term)}
    return len(one & other) or int(bool(one and other))


def _facets(term: Term) -> frozenset[str]:
    specific = term.sense.classes - lexicon().general
    return frozenset(name.partition(".")[0] for name in specific) & EXCHANGEABLE
