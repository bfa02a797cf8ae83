"""A text as tokens: words in lower case with short forms written out, numbers, and the ends of clauses."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from rembuk.consultations.likeness.lexicon import Lexicon

_TOKEN = re.compile(
    r"(?P<number>\d[\d.,]*\d|\d)|(?P<word>[^\W\d_]+(?:[-'’/][^\W\d_]+)*(?:2(?!\d))?)|(?P<mark>[.,;:!?()%\n])"
)
_CAPITALS_MEAN_NOTHING, _FEW = 0.7, 4


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    NUMBER = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number as typed, or a mark; ``start`` and ``end`` lead back to the text."""

    kind: Kind
    text: str
    start: int
    end: int
    is_capital: bool = False

    @property
    def ends_clause(self) -> bool:
        """Whether a clause ends here; a percent sign ends nothing."""
        return self.kind is Kind.MARK and self.text != "%"


def tokens_of(text: str, known: Lexicon) -> list[Token]:
    """The tokens of a text. Capitals count only where the text uses them as Indonesian does."""
    found: list[Token] = []
    has_capitals = _capitals_mean_something(text)
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if match["number"]:
            found.append(Token(Kind.NUMBER, piece, *match.span()))
        elif match["mark"]:
            found.append(Token(Kind.MARK, piece, *match.span()))
        else:
            capital = has_capitals and piece[0].isupper()
            word = piece.lower().replace("’", "'")
            if word.endswith("2"):  # «alun2»
                word = f"{word[:-1]}-{word[:-1]}"
            for part in known.short.get(word) or word.split("/"):
                found.append(Token(Kind.WORD, part, *match.span(), capital))
    return found


def _capitals_mean_something(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", text)
    capital = sum(1 for word in words if word[0].isupper())
    return bool(words) and (len(words) < _FEW or capital / len(words) < _CAPITALS_MEAN_NOTHING)
