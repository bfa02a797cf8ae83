"""Rupiah as whole numbers: reading what people type and writing it after EYD (``Rp1.234.567``)."""

import re

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


def read_rupiah(text: str) -> int:
    """Whole rupiah from ``Rp1.234.567``, ``1234567``, ``150 juta`` or ``1,5 M``; sen are dropped.

    Raises:
        ValueError: when the text is none of these.
    """
    bare = re.sub(r"^\s*(rp\.?|idr)\s*", "", text.strip(), flags=re.IGNORECASE).replace("\u00a0", " ").strip()
    if match := _WITH_UNIT.fullmatch(bare):
        whole, _, part = match[1].partition(",")
        factor = _UNITS[match[2].lower()]
        return int(whole) * factor + (int(part) * factor // 10 ** len(part) if part else 0)
    if _GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare):
        return int(bare.partition(",")[0].replace(".", ""))
    raise ValueError(text)


def write_rupiah(amount: int) -> str:
    """``1234567`` as ``Rp1.234.567``."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")
