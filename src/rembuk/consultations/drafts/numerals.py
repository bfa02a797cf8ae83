"""Numerals as Indonesian law writes them: Roman numbers, ordinal words, the letter after a letter."""

import re

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_IS_ROMAN = re.compile(r"^(?=[IVXLC])(XC|XL|L?X{0,3})?(IX|IV|V?I{0,3})$")
UNITS = ("SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN")


def roman(text: str) -> int | None:
    """The value of a Roman number up to 99, or ``None``."""
    if not _IS_ROMAN.match(text):
        return None
    values = [_ROMAN[sign] for sign in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def ordinal(words: str) -> int | None:
    """The value of an ordinal word up to 99 («KESATU», «PERTAMA», «KEDUA PULUH LIMA»), or ``None``."""
    return _ORDINALS.get(re.sub(r"\s+", "", words.upper()))


def _ordinals() -> dict[str, int]:
    found = {"PERTAMA": 1, "KESATU": 1, "KESEPULUH": 10, "KESEBELAS": 11}
    for number, word in enumerate(UNITS, 1):
        if number > 1:
            found[f"KE{word}"] = number
            found[f"KE{word}BELAS"] = number + 10
            found[f"KE{word}PULUH"] = number * 10
        for tens, name in enumerate(UNITS, 1):
            if tens > 1:
                found[f"KE{name}PULUH{word}"] = tens * 10 + number
    return found


_ORDINALS = _ordinals()


def letter(text: str) -> int | None:
    """The place of a letter in a list: a is 1, z 26, then aa, bb … or aa, ab … (both 27, 28)."""
    low = text.lower()
    if not low.isascii() or not low.isalpha():
        return None
    if len(low) == 1:
        return ord(low) - 96
    if len(low) == 2 and low[0] == low[1]:
        return 26 + ord(low[0]) - 96
    return 26 + ord(low[1]) - 96 if len(low) == 2 and low[0] == "a" else None


def split_number(text: str) -> tuple[int, str]:
    """«12» to (12, ""), «7A» to (7, "A"), «2b» to (2, "b")."""
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits), text[len(digits) :].lower()
