"""Numbers as people here write them: reading ``1.250,5`` exactly and writing it back."""

import re
from decimal import Decimal

_LONGEST = 40
_SHAPE = re.compile(r"[-−]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", re.ASCII)


def read_number(text: str) -> Decimal:
    """The exact number of ``1.250,5``, ``1250,5`` or ``-2``; dots group thousands, the comma parts decimals.

    Raises:
        ValueError: for anything else, ``12.5`` among it, since it could mean two things.
    """
    bare = text.strip().replace("\u00a0", "").replace(" ", "")
    if len(bare) > _LONGEST or not _SHAPE.fullmatch(bare):
        raise ValueError(text)
    return Decimal(bare.replace("−", "-").replace(".", "").replace(",", "."))


def write_number(number: Decimal) -> str:
    """``Decimal("1250.5000")`` as ``1.250,5``: grouped, without noughts at the end; no digit is lost."""
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).translate(str.maketrans(",.", ".,"))
