"""Time-based one-time codes (RFC 6238 upon RFC 4226) as every authenticator app makes them: SHA-1, 30 seconds, 6 digits."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

PERIOD = 30
DIGITS = 6
DRIFT = 1
"""Steps of the clock that a phone may be behind or ahead."""


def new_secret() -> str:
    """160 random bits (RFC 4226, section 4, requirement 6) in base32, as apps take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_of(at: datetime) -> int:
    """The number of the time step of an instant."""
    return int(at.timestamp()) // PERIOD


def code_of(secret: str, step: int) -> str:
    """The code of a time step."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, code: str, *, at: datetime, after: int = -1) -> int | None:
    """The step whose code this is, of those near the instant and later than ``after``; else ``None``.

    ``after`` is the step used last: no code is taken twice, nor one older than it (RFC 6238, section 5.2).
    """
    if not secret:
        return None
    here = step_of(at)
    steps = [step for step in range(here - DRIFT, here + DRIFT + 1) if step > after]
    fitting = [step for step in steps if hmac.compare_digest(code_of(secret, step), code)]
    return fitting[0] if fitting else None


def address(secret: str, *, issuer: str, holder: str) -> str:
    """The ``otpauth`` address that the picture for the app holds."""
    label = quote(f"{issuer}:{holder}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
