"""Recovery codes: ten, each good for one sign-in without the app. Kept only as slow hashes (NIST SP 800-63B, 5.1.2)."""

import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import check_password, get_hasher, identify_hasher
from django.utils.crypto import constant_time_compare

from rembuk.accounts.models import RecoveryCode
from rembuk.accounts.passwords import hashing

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
    """Whether plain text has the shape of a recovery code, so that nothing else costs a slow hash."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def hashes_of(codes: Iterable[str]) -> list[str]:
    """The hashes that are kept, all with one salt, so that a try costs one hash and not ten.

    Raises:
        Busy: when others hash already (``accounts.passwords.hashing``).
    """
    hasher = get_hasher()
    salt = hasher.salt()
    first, *others = map(plain, codes)
    hashes = [hasher.encode(first, salt)]
    with hashing.patiently():  # who got a place for the first gets all
        return hashes + [hasher.encode(code, salt) for code in others]


def find(code: str, among: Iterable[RecoveryCode]) -> RecoveryCode | None:
    """The row of a plain code; ``None`` when it is none of these. Costs a slow hash: not while a row is locked.

    Rows hashed with other work than today's are compared one by one.

    Raises:
        Busy: when others hash already.
    """
    hashed: dict[str, str] = {}
    for row in among:
        hasher = identify_hasher(row.code_hash)
        if hasher.must_update(row.code_hash):
            fits = check_password(code, row.code_hash)
        else:
            salt = hasher.decode(row.code_hash)["salt"]
            if salt not in hashed:
                hashed[salt] = hasher.encode(code, salt)
            fits = constant_time_compare(hashed[salt], row.code_hash)
        if fits:
            return row
    return None
