"""Public codes such as ``USL-2026-000123``: writing and reading them. Numbers come from the caller."""

import re
from typing import NamedTuple

DIGITS = {"USL": 6, "PRG": 4, "UJP": 4}
_CODE = re.compile(r"\s*(USL|PRG|UJP)\s*[-/. ]?\s*(\d{4})\s*[-/. ]?\s*(\d{1,9})\s*", re.IGNORECASE)


class Code(NamedTuple):
    """A public code in its parts; ``str()`` writes it."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year:04d}-{self.number:0{DIGITS[self.prefix]}d}"


def read_code(text: str) -> Code | None:
    """The code a person typed (any case, blanks, slashes and missing zeros forgiven), or ``None``."""
    match = _CODE.fullmatch(text)
    if match is None:
        return None
    return Code(match[1].upper(), int(match[2]), int(match[3]))
