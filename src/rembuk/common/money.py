"""Rupiah: reading what people type and writing it after EYD, whole (``Rp1.234.567``) or with sen (``Rp1.234.567,00``).

Amounts with sen are ``Decimal`` and never rounded on the way in or out.
"""

import re
from decimal import ROUND_DOWN, Decimal, localcontext

SEN = Decimal("0.01")
_LONGEST = 60
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?")
_PLAIN = re.compile(r"\d+(,\d{1,2})?")
_UNITS = {
    "rb": 10**3,
    "ribu": 10**3,
    "jt": 10**6,
    "juta": 10**6,
    "m": 10**9,
    "miliar": 10**9,
    "t": 10**12,
    "triliun": 10**12,
}
_WITH_UNIT = re.compile(r"(\d+(?:,\d+)?)\s*(rb|ribu|jt|juta|miliar|m|triliun|t)", re.IGNORECASE)
_SHORT = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))


def read_amount(text: str) -> Decimal:
    """Rupiah with sen from ``Rp1.234.567,00``, ``1234567``, ``150 juta`` or ``1,5 M``, exactly as typed.

    Raises:
        ValueError: when the text is none of these, or names parts of a sen.
    """
    exact = _read(text)
    with localcontext(prec=2 * _LONGEST):
        amount = exact.quantize(SEN)
    if amount != exact:
        raise ValueError(text)
    return amount


def read_rupiah(text: str) -> int:
    """Whole rupiah from the same texts; sen are dropped.

    Raises:
        ValueError: when the text is none of these.
    """
    return int(_read(text))


def write_amount(amount: Decimal) -> str:
    """``Decimal("1234567")`` as ``Rp1.234.567,00``, always with sen; no digit is lost.

    Raises:
        ValueError: for parts of a sen, which rupiah do not have.
    """
    if amount != amount.quantize(SEN):
        raise ValueError(str(amount))
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,.2f}".translate(str.maketrans(",.", ".,"))


def write_short(amount: Decimal) -> str:
    """A large amount as ``Rp1,2 miliar``: cut after one place, so it never claims more or the next unit.

    Under a million it is written in full. Whoever shows it keeps ``write_amount`` at hand beside it.
    """
    shown, unit = shorten(amount)
    if not unit:
        return write_amount(amount)
    digits = f"{abs(shown):,f}".translate(str.maketrans(",.", ".,")).removesuffix(",0")
    return f"{'-' if amount < 0 else ''}Rp{digits} {unit}"


def shorten(amount: Decimal) -> tuple[Decimal, str]:
    """An amount in its unit (juta, miliar, triliun), cut towards zero after one place; no unit under a million."""
    for factor, unit in _SHORT:
        if abs(amount) >= factor:
            return (amount / factor).quantize(Decimal("0.1"), ROUND_DOWN), unit
    return amount, ""


def write_rupiah(amount: int) -> str:
    """``1234567`` as ``Rp1.234.567``."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def _read(text: str) -> Decimal:
    bare = re.sub(r"^\s*(rp\.?|idr)\s*", "", text.strip(), flags=re.IGNORECASE).replace("\u00a0", " ").strip()
    if len(bare) > _LONGEST:
        raise ValueError(text)
    if match := _WITH_UNIT.fullmatch(bare):
        with localcontext(prec=2 * _LONGEST):
            return Decimal(match[1].replace(",", ".")) * _UNITS[match[2].lower()]
    if _GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    raise ValueError(text)
