"""Recovery codes: ten, each good for one sign-in without the app. Kept only as slow hashes (NIST SP 800-63B, 5.1.2)."""

import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import check_password, make_password

from rembuk.accounts.models import RecoveryCode

COUNT = 10
LENGTH = 10
# Without what is mistaken for something else when read from paper: 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"


def new_codes() -> list[str]:
    """Ten fresh codes of about 45 random bits, as they are written down: ``ACD34-EFG67``."""
    fresh = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT))
    return [f"{code[:5]}-{code[5:]}" for code in fresh]


def plain(typed: str) -> str:
    """What was typed, without the marks and spaces that people add, in capitals."""
    return "".join(character for character in typed.upper() if character.isascii() and character.isalnum())


def looks_like_one(code: str) -> bool:
    """Whether plain text has the shape of a recovery code, so that nothing else costs the time of ten hashes."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def hash_of(code: str) -> str:
    """The hash that is kept."""
    return make_password(plain(code))


def find(code: str, among: Iterable[RecoveryCode]) -> RecoveryCode | None:
    """The row of a plain code; ``None`` when it is none of these."""
    return next((row for row in among if check_password(code, row.code_hash)), None)
