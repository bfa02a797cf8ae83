"""Which way a text points: what is asked for, refused, or told as missing, word by word.

«Jangan dinaikkan», «tolak kenaikan» and «turunkan» point alike on the axis of amounts; «warga tidak dilibatkan» is a complaint,
which asks for the same as «libatkan warga», unless no wish stands in the other text.
"""

from collections import defaultdict
from enum import Enum

from rembuk.consultations.likeness.lexicon import Lexicon
from rembuk.consultations.likeness.terms import Piece


class Sign(Enum):
    """How a word is meant; on an axis ``PLUS`` and ``MINUS`` are its sides, elsewhere plain and refused."""

    PLUS = "+"
    MINUS = "-"
    # The same, but told as a fact («tidak diangkut»), not refused («jangan diangkut»).
    FACT_PLUS = "f+"
    FACT_MINUS = "f-"

    @property
    def is_fact(self) -> bool:
        """Whether it is told, not wished."""
        return self in {Sign.FACT_PLUS, Sign.FACT_MINUS}


# Words of refusal that may end a clause, and then turn round what stands before them.
_CLOSING = frozenset({"tolak", "keberatan", "henti", "tidak_setuju", "tidak_sepakat", "kurang"})
_FORBID_REACH, _DENY_REACH, _WISH_BEFORE = 3, 1, 3


def signs_of(pieces: list[Piece], known: Lexicon) -> tuple[dict[str, frozenset[Sign]], bool]:
    """The signs of every class, axis and unknown word of a text, and whether any is refused or denied."""
    turned: list[int] = [0] * len(pieces)
    told: list[bool] = [False] * len(pieces)
    for index, piece in enumerate(pieces):
        forbids = known.is_turn("forbid", piece.words, piece.root)
        denies = not forbids and known.is_turn("deny", piece.words, "")
        if not forbids and not denies:
            continue
        if forbids and turned[index] % 2:
            continue  # «jangan dilarang»: the refusal is itself refused
        is_wish = forbids or _wishes_before(pieces, index, known)
        for place in _reached(pieces, index, _FORBID_REACH if forbids else _DENY_REACH, known):
            turned[place] += 1
            told[place] = told[place] or not is_wish
    signs: dict[str, set[Sign]] = defaultdict(set)
    for index, piece in enumerate(pieces):
        _note(signs, piece, is_turned=turned[index] % 2 == 1, is_told=told[index])
    return {name: frozenset(found) for name, found in signs.items()}, any(turned)


def wishes(pieces: list[Piece], known: Lexicon) -> bool:
    """Whether the text asks for something, and does not only tell."""
    return any(known.is_turn("wish", piece.words, "") for piece in pieces)


def restrains(pieces: list[Piece], known: Lexicon) -> bool:
    """Whether the text is against something without a word of refusal: «dibatasi», «mengganggu»."""
    return any(known.is_turn("restrain", piece.words, piece.root) for piece in pieces)


def _note(signs: dict[str, set[Sign]], piece: Piece, *, is_turned: bool, is_told: bool) -> None:
    plus, minus = (Sign.FACT_PLUS, Sign.FACT_MINUS) if is_turned and is_told else (Sign.PLUS, Sign.MINUS)
    for axis, side in piece.sense.directions:
        signs[f"axis.{axis}"].add(plus if (side > 0) != is_turned else minus)
    for axis, side in piece.sense.pleas:
        signs[f"axis.{axis}"].add(Sign.PLUS if side > 0 else Sign.MINUS)
    if piece.term is not None:
        for mark in piece.term.marks:
            if not mark.startswith("axis."):
                signs[mark].add(minus if is_turned else plus)


def _reached(pieces: list[Piece], index: int, reach: int, known: Lexicon) -> list[int]:
    """The places a word of refusal turns round: what follows in its clause, or what came before «… kami tolak»."""
    piece = pieces[index]
    following = [] if _is_passive(piece) else _content(pieces, range(index + 1, len(pieces)), reach, known)
    if following or not (_is_passive(piece) or piece.root in _CLOSING):
        return following
    return _content(pieces, range(index - 1, -1, -1), reach + 2, known)


def _is_passive(piece: Piece) -> bool:
    return piece.words.startswith("di") and piece.root in {"larang", "tolak", "batal", "henti", "cegah"}


def _content(pieces: list[Piece], places: range, reach: int, known: Lexicon) -> list[int]:
    found: list[int] = []
    for place in places:
        piece = pieces[place]
        is_stop = place != places.start and known.is_turn(
            "stop", piece.words, ""
        )  # «tidak setuju kalau …» goes on
        if piece.ends_clause or is_stop or len(found) == reach:
            break
        if (
            piece.term is not None
            or piece.sense.directions
            or piece.sense.pleas
            or known.is_turn("forbid", piece.words, piece.root)
        ):
            found.append(place)
    return found


def _wishes_before(pieces: list[Piece], index: int, known: Lexicon) -> bool:
    nearby = pieces[max(0, index - _WISH_BEFORE) : index]
    return any(known.is_turn("wish", piece.words, "") for piece in nearby)
