"""Public codes such as ``USL-2026-000123``: writing and reading them. Numbers come from the caller."""

import re
from typing import NamedTuple
from uuid import UUID

DIGITS = {"USL": 6, "PRG": 4, "UJP": 4}
_CODE = re.compile(r"\s*(USL|PRG|UJP)\s*[-/. ]?\s*(\d{4})\s*[-/. ]?\s*(\d{1,9})\s*", re.IGNORECASE)

_RECEIPT = re.compile(
    r"\s*(UJP)\s*[-/. ]?\s*(\d{4})\s*[-/. ]?\s*(\d{1,9})\s*[-/. #]\s*(\d{1,9})\s*", re.IGNORECASE
)


class Code(NamedTuple):
    """A public code in its parts; ``str()`` writes it."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year:04d}-{self.number:0{DIGITS[self.prefix]}d}"


class Receipt(NamedTuple):
    """The number of a submission to a consultation, as «UJP-2026-0003-00001»: the consultation's code, and which one."""

    of: Code
    number: int


def read_receipt(text: str) -> Receipt | None:
    """The receipt a person typed, as forgiving as ``read_code``, or ``None``; its number has to be set off."""
    match = _RECEIPT.fullmatch(text)
    if match is None:
        return None
    return Receipt(Code(match[1].upper(), int(match[2]), int(match[3])), int(match[4]))


def read_code(text: str) -> Code | None:
    """The code a person typed (any case, blanks, slashes and missing zeros forgiven), or ``None``."""
    match = _CODE.fullmatch(text)
    if match is None:
        return None
    return Code(match[1].upper(), int(match[2]), int(match[3]))


def read_uuid(text: str) -> UUID | None:
    """The public id that a text is, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
