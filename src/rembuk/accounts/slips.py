"""What a desk prints for somebody without email: a sign-in name and a one-time code. No database here.

Both are typed on a phone and told over one: no letter looks like a digit, spaces, hyphens and case don't matter.
"""

import re
import secrets
import unicodedata
from datetime import timedelta

# Without I, L, O, Q and Z, 0 and 1: none of them is taken for another one. 29 signs, ten of them: 2^48 codes.
ALPHABET = "ABCDEFGHJKMNPRSTUVWXY23456789"
CODE_LENGTH = 10
CODE_LASTS = timedelta(days=14)
_GROUP = 5
_DIGITS = "23456789"
# 8^5 names for each first name: nobody finds the accounts of a village by counting.
_DIGITS_IN_NAME = 5
_LONGEST_WORD = 12
_NAMELESS = "warga"
_NAME = re.compile(r"([a-z]+)([0-9]+)")


def new_name(full_name: str) -> str:
    """A sign-in name such as ``sari-47294``: a word of the name that one knows anyway, and digits by chance."""
    digits = "".join(secrets.choice(_DIGITS) for _ in range(_DIGITS_IN_NAME))
    return f"{_word(full_name)}-{digits}"


def _word(full_name: str) -> str:
    """The first word of at least three letters that is no title, in plain letters."""
    plain = unicodedata.normalize("NFKD", full_name).encode("ascii", "ignore").decode().lower()
    for part in plain.split():
        word = re.sub(r"[^a-z]", "", part)
        if len(word) >= 3 and not part.rstrip(",").endswith("."):
            return word[:_LONGEST_WORD]
    return _NAMELESS


def read_name(typed: str) -> str:
    """A sign-in name as it is kept, however it was typed; what is none stays as it is, in lower case."""
    lowered = typed.strip().lower()
    found = _NAME.fullmatch(re.sub(r"[\s.\-_–]+", "", lowered))
    return f"{found[1]}-{found[2]}" if found else lowered


def read_identifier(typed: str) -> str:
    """What somebody types to sign in, as it is kept: an email address in lower case, or a sign-in name."""
    return typed.strip().lower() if "@" in typed else read_name(typed)


def new_code() -> str:
    """A code by chance, as it is kept before hashing: no spaces or hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """A code as it is kept before hashing, however it was typed."""
    return re.sub(r"[\s\-–]+", "", typed[:200]).upper()


def shown_code(code: str) -> str:
    """A code in two groups, as it is printed."""
    return f"{code[:_GROUP]}-{code[_GROUP:]}"
