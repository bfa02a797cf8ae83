"""Where a page of the trail ends, as it stands in an address: the instant and the number of the last row."""

from datetime import datetime
from typing import Any

from django.core import signing

_SIGNER = signing.Signer(salt="rembuk.web.trail")


def write(row: Any) -> str:
    """The position behind a row with ``at`` and ``pk``."""
    return _SIGNER.sign_object([row.at.isoformat(), row.pk]).replace(":", "~")


def read(token: str) -> tuple[datetime, int] | None:
    """The position of a token, or ``None`` for one that is not ours."""
    try:
        at, number = _SIGNER.unsign_object(token.replace("~", ":"))
        return datetime.fromisoformat(at), int(number)
    except (signing.BadSignature, ValueError, TypeError):
        return None
