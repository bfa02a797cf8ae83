"""What a line begins with: the numbered parts a legal text may have. Which of them are meant is decided by the reader."""

import re
from dataclasses import dataclass

from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts import numerals

K = ClauseKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A possible beginning of a part. ``style`` tells lists apart («a.», «1)»), ``rest`` is what follows on the line."""

    kind: str
    label: str
    style: str = ""
    value: int = 0
    suffix: str = ""
    rest: str = ""


_ORDINAL = r"(?:Pertama|Ke[a-z]+(?:\s+(?:belas|puluh(?:\s+[a-z]+)?))?)"
_BOOK = re.compile(rf"^BUKU\s+({_ORDINAL}|[IVXLC]+)\b[.:]?\s*(.*)$", re.I)
_CHAPTER = re.compile(r"^BAB\s+([IVXLC]+[A-Z]?|\d{1,2})\b[.:]?\s*(.*)$", re.I)
_PART = re.compile(rf"^Bagian\s+({_ORDINAL}|[IVXLC]+)\b[.:]?\s*(.*)$", re.I)
_SECTION = re.compile(rf"^Paragraf\s+(\d{{1,2}}|{_ORDINAL})\b[.:]?\s*(.*)$", re.I)
_ARTICLE = re.compile(r"^[“\"']?Pasal\s+(\d{1,4}\s?[A-Z]{0,2}|[IVX]{1,5})\b[.:]?\s*(.*)$", re.I)
_DICTUM = re.compile(
    r"^(PERTAMA|KE(?:SATU|DUA|TIGA|EMPAT|LIMA|ENAM|TUJUH|DELAPAN|SEMBILAN|SEPULUH|SEBELAS)(?:\s?(?:BELAS|PULUH)"
    r"(?:\s?(?:SATU|DUA|TIGA|EMPAT|LIMA|ENAM|TUJUH|DELAPAN|SEMBILAN))?)?)(?=\s*:|\s*$|\s+[A-Z][a-z])\s*:?\s*(.*)$"
)
_DICTUM_OLD = re.compile(rf"^({_ORDINAL})\s*:\s*(.*)$", re.I)
_PAREN = re.compile(r"^\((\d{1,3}[a-z]?)\)\s*(.*)$")
_ITEM = re.compile(r"^(\d{1,3}[a-z]?|[a-z]{1,2}|[A-Z]|[IVX]{2,5})([.)])(?:\s+(.*)|)$")
_ITEM_PAREN = re.compile(r"^\(([a-z])\)\s+(.*)$")
_DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,4})\.?\s+(.*)$")
_NAMED = re.compile(r"^(Ayat|Huruf|Angka)\s+(\(?[0-9]{1,3}[a-z]?\)?|[a-z]{1,2})\b\)?\.?\s*:?\s*(.*)$")
_ANNEX = re.compile(r"^LAMPIRAN(?:\s+([IVXLC]+|\d{1,2}))?\b\.?\s*:?\s*(.*)$")


def frame(text: str) -> Marker | None:
    """Buku, Bab, Bagian, Paragraf, Pasal at the beginning of a line."""
    for pattern, kind, word in (
        (_BOOK, K.BOOK, "Buku"),
        (_CHAPTER, K.CHAPTER, "BAB"),
        (_PART, K.PART, "Bagian"),
        (_SECTION, K.SECTION, "Paragraf"),
    ):
        found = pattern.match(text)
        if found and _counts(found[1]) is not None:
            number = found[1].upper() if kind == K.CHAPTER else _titled(found[1])
            return Marker(kind=kind, label=f"{word} {number}", value=_counts(found[1]) or 0, rest=found[2])
    return article(text)


def article(text: str) -> Marker | None:
    """Pasal at the beginning of a line; ``style`` is «roman» for the articles of a law that changes another."""
    found = _ARTICLE.match(text)
    if not found:
        return None
    number, rest = found[1].replace(" ", "").upper(), found[2].strip("”\"'")
    value = numerals.roman(number)
    if value is not None:
        return Marker(kind=K.ARTICLE, label=f"Pasal {number}", style="roman", value=value, rest=rest)
    value, suffix = numerals.split_number(number)
    return Marker(kind=K.ARTICLE, label=f"Pasal {number}", value=value, suffix=suffix, rest=rest)


def dictum(text: str, *, is_old: bool = False) -> Marker | None:
    """KESATU, KEDUA … at the beginning of a line; with ``is_old`` also «Pertama :»."""
    found = _DICTUM.match(text) or (_DICTUM_OLD.match(text) if is_old else None)
    value = numerals.ordinal(found[1]) if found else None
    if not found or value is None:
        return None
    label = re.sub(r"\s+", " ", found[1]).upper()
    return Marker(kind=K.DICTUM, label=label, value=value, rest=found[2])


def annex(text: str) -> Marker | None:
    """LAMPIRAN, with its number if it has one."""
    found = _ANNEX.match(text)
    if not found or not (found[2] == found[2].upper() or not found[2]):
        return None
    return Marker(kind=K.ANNEX, label=f"Lampiran {found[1] or ''}".strip(), rest=found[2])


def paragraph(text: str) -> Marker | None:
    """Ayat: «(1)» at the beginning of a line."""
    found = _PAREN.match(text)
    if not found:
        return None
    value, suffix = numerals.split_number(found[1])
    return Marker(
        kind=K.PARAGRAPH, label=f"ayat ({found[1]})", style="(1)", value=value, suffix=suffix, rest=found[2]
    )


def named(text: str) -> Marker | None:
    """«Ayat (1)», «Huruf a», «Angka 2» as a penjelasan names what it speaks of."""
    found = _NAMED.match(text)
    if not found:
        return None
    word, number = found[1].lower(), found[2].strip("()")
    if (word == "huruf") != number.isalpha():
        return None
    value = numerals.letter(number) if word == "huruf" else numerals.split_number(number)[0]
    kind = {"ayat": K.PARAGRAPH, "huruf": K.LETTER, "angka": K.NUMBER}[word]
    shown = f"({number})" if word == "ayat" else number
    return Marker(kind=kind, label=f"{word} {shown}", style=word, value=value or 0, rest=found[3])


def items(text: str) -> list[Marker]:
    """The list items a line may begin: «a.», «1.», «a)», «1)», «(a)», «A.», «II.»; a letter may also be a Roman number."""
    found = _ITEM.match(text)
    if not found:
        return _item_in_parens(text)
    sign, mark, rest = found[1], found[2], (found[3] or "")
    made: list[Marker] = []
    tail = ")" if mark == ")" else ""
    if sign[0].isdigit():
        value, suffix = numerals.split_number(sign)
        made.append(_item(K.NUMBER, f"angka {sign}{tail}", f"1{mark}", value, rest, suffix))
    elif sign.islower() and numerals.letter(sign):
        made.append(_item(K.LETTER, f"huruf {sign}{tail}", f"a{mark}", numerals.letter(sign) or 0, rest))
    else:
        if len(sign) == 1:
            made.append(_item(K.LETTER, f"huruf {sign}{tail}", f"A{mark}", numerals.letter(sign) or 0, rest))
        value_roman = numerals.roman(sign)
        if value_roman:
            made.append(_item(K.NUMBER, f"angka {sign}{tail}", f"I{mark}", value_roman, rest))
    return made


def decimal(text: str) -> Marker | None:
    """«1.1», «2.3.4» before a heading; ``value`` is the last number, ``style`` tells the depth."""
    found = _DECIMAL.match(text)
    if not found:
        return None
    numbers = found[1].split(".")
    return Marker(
        kind=K.HEADING, label=found[1], style=f"1.{len(numbers)}", value=int(numbers[-1]), rest=found[2]
    )


def _item_in_parens(text: str) -> list[Marker]:
    found = _ITEM_PAREN.match(text)
    if not found:
        return []
    return [_item(K.LETTER, f"huruf ({found[1]})", "(a)", numerals.letter(found[1]) or 0, found[2])]


def _item(kind: str, label: str, style: str, value: int, rest: str, suffix: str = "") -> Marker:
    return Marker(kind=kind, label=label, style=style, value=value, rest=rest, suffix=suffix)


def _counts(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    upper = number.upper()
    return numerals.roman(upper) or numerals.roman(upper[:-1]) or numerals.ordinal(upper)


def _titled(number: str) -> str:
    return number if number.isdigit() or numerals.roman(number) else number.title()
