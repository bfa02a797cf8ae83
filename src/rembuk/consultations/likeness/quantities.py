"""Numbers in a text, as amounts that can be compared: money, shares, durations, hours, dates, numbers of clauses and of places.

«dua minggu», «14 hari» and «2 mgg» are one; «Rp5.000», «lima ribu» and «5rb» are one. Not here: what follows from it.
"""

from collections import defaultdict
from collections.abc import Mapping

from rembuk.consultations.likeness.lexicon import Lexicon
from rembuk.consultations.likeness.tokens import Kind, Token

type Quantities = Mapping[str, frozenset[float]]

_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_WORDS = {word: float(value) for value, word in enumerate(_DIGITS)} | {
    "sepuluh": 10.0,
    "sebelas": 11.0,
    "seratus": 100.0,
    "seribu": 1e3,
    "sejuta": 1e6,
    "semiliar": 1e9,
}
_TIMES = {
    "puluh": 10.0,
    "ratus": 100.0,
    "ribu": 1e3,
    "rb": 1e3,
    "juta": 1e6,
    "jt": 1e6,
    "miliar": 1e9,
    "milyar": 1e9,
    "triliun": 1e12,
}
_LARGE = {"ribu", "rb", "juta", "jt", "miliar", "milyar", "triliun"}
_ONE = {"sehari": "hari", "seminggu": "minggu", "sepekan": "minggu", "sebulan": "bulan", "setahun": "tahun"}
_DAYS = {"hari": 1.0, "minggu": 7.0, "pekan": 7.0, "bulan": 30.0, "tahun": 365.0}
_SHARES = {"separuh": 50.0, "setengah": 50.0, "separo": 50.0, "seperempat": 25.0, "sepertiga": 33.0}
_CLAUSES = {
    "pasal",
    "ayat",
    "huruf",
    "butir",
    "angka",
    "poin",
    "bab",
    "bagian",
    "paragraf",
    "lampiran",
    "diktum",
}
_PLACES = {"rt", "rw", "blok", "nomor", "km"}
_MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)
_METRES = {"meter": 1.0, "m": 1.0, "kilometer": 1e3, "km": 1e3}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_EVENING = {"malam": 18.0, "sore": 15.0, "petang": 15.0, "siang": 13.0}
_NOON = 12.0


def quantities_of(tokens: list[Token], known: Lexicon) -> dict[str, frozenset[float]]:
    """The amounts by kind: ``money`` (rupiah), ``share`` (percent), ``days``, ``clock`` (hours), ``pasal``, ``rt``, «orang»."""
    found: dict[str, set[float]] = defaultdict(set)
    index = 0
    while index < len(tokens):
        value, used, is_large = _number_at(tokens, index)
        if used:
            kind, amount = _measured(tokens, index, index + used, value, is_large=is_large, known=known)
            found[kind].add(round(amount, 3))
        else:
            kind, amount = _spelled(tokens, index)
            if kind:
                found[kind].add(amount)
        index += max(used, 1)
    return {kind: frozenset(values) for kind, values in found.items()}


def _number_at(tokens: list[Token], start: int) -> tuple[float, int, bool]:
    """The number that begins there, how many tokens it takes, and whether it was said in thousands or more."""
    total, current, index, is_large = 0.0, None, start, False
    while index < len(tokens):
        token = tokens[index]
        word = token.text
        if current is None and token.kind is Kind.NUMBER:
            current = _typed(word)
        elif token.kind is Kind.WORD and current is None and word in _WORDS:
            current = _WORDS[word]
        elif token.kind is Kind.WORD and current is not None and word == "belas":
            current += 10.0
        elif token.kind is Kind.WORD and current is not None and word in _TIMES:
            current *= _TIMES[word]
            is_large = is_large or word in _LARGE
        elif (
            token.kind is Kind.WORD
            and current is not None
            and word in _WORDS
            and tokens[index - 1].text in _TIMES
        ):
            total, current = total + current, _WORDS[word]
        else:
            break
        index += 1
    return total + (current or 0.0), index - start, is_large


def _typed(digits: str) -> float:
    """«5.000» is five thousand, «2,5» two and a half, «22.00» an hour (22)."""
    whole, comma, rest = digits.partition(",")
    head, _, tail = whole.rpartition(".")
    if head and len(tail) != 3:
        return float(head.replace(".", "")) + float(f"0.{tail}")
    plain = whole.replace(".", "")
    if comma and len(rest) == 3 and "." not in digits:
        return float(plain + rest)
    return float(f"{plain}.{rest.replace(',', '').replace('.', '')}" if comma and rest else plain)


def _measured(
    tokens: list[Token], start: int, end: int, value: float, *, is_large: bool, known: Lexicon
) -> tuple[str, float]:
    before = _word_at(tokens, start - 1)
    after, later = _word_at(tokens, end), _word_at(tokens, end + 1)
    if before in _CLAUSES or before in _PLACES:
        return before, value
    if _word_at(tokens, start - 1, mark="(") and _word_at(tokens, start - 2) in _CLAUSES:
        return _word_at(tokens, start - 2), value
    if before in {"rp", "rupiah"} or after == "rupiah":
        return "money", value
    if after in {"persen", "%"}:
        return "share", value
    if before in {"jam", "pukul"}:
        return "clock", value + 12 if after in _EVENING and value < _NOON else value
    if after in _MONTHS:
        return "date", value + 100 * (_MONTHS.index(after) + 1)
    if before == "tanggal":
        return "date", value
    if after in _DAYS:
        return "days", value * _DAYS[after]
    if after in _METRES:
        return "metre", value * _METRES[after]
    if is_large and later != "orang":
        return "money", value
    return known.sense(after)[0] if after.isalpha() else "plain", value


def _spelled(tokens: list[Token], index: int) -> tuple[str, float]:
    """What is an amount without a number: «setahun», «separuh», «huruf b», «Bab IV»."""
    word = tokens[index].text
    before = _word_at(tokens, index - 1)
    if before == "huruf" and len(word) == 1:
        return "huruf", float(ord(word))
    if before in {"bab", "lampiran", "bagian", "buku"} and word and set(word) <= set(_ROMAN):
        return before, float(_roman(word))
    if word in _ONE and _word_at(tokens, index + 1) != "sekali":
        return "days", _DAYS[_ONE[word]]
    if word in _SHARES:
        return "share", _SHARES[word]
    return "", 0.0


def _roman(word: str) -> int:
    values = [_ROMAN[letter] for letter in word]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _word_at(tokens: list[Token], index: int, mark: str = "") -> str:
    """The word or mark at a place, or nothing; with ``mark`` only that mark."""
    if not 0 <= index < len(tokens):
        return ""
    token = tokens[index]
    if mark:
        return token.text if token.text == mark else ""
    return token.text if token.kind is not Kind.MARK or token.text == "%" else ""
