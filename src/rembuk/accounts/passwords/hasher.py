"""Works out password hashes: argon2id with OWASP's 19 MiB, two passes, one lane.

Also a program of its own, asked line by line (``runtime.spare``). It imports nothing of Django, so that it takes some 10 MB
beside the hash.
"""

import contextlib
import json
import os
import sys

import argon2
from argon2 import low_level
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1


def to_hash(password: str, salt: str) -> bytes:
    """The question what hash to keep. Raises UnicodeEncodeError for what is no text."""
    return json.dumps(["hash", password, salt], ensure_ascii=False).encode()


def to_verify(password: str, kept: str) -> bytes:
    """The question whether the password is the one whose hash (in argon2's own form) is kept. Raises as ``to_hash``."""
    return json.dumps(["verify", password, kept], ensure_ascii=False).encode()


def answer(question: bytes) -> bytes:
    """As JSON: the hash in argon2's own form, or true or false."""
    kind, password, other = json.loads(question)
    found = _hash(password, other) if kind == "hash" else _verify(password, other)
    return json.dumps(found).encode()


def _hash(password: str, salt: str) -> str:
    return low_level.hash_secret(
        password.encode(),
        salt.encode(),
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=LANES,
        hash_len=argon2.DEFAULT_HASH_LENGTH,
        type=low_level.Type.ID,
    ).decode("ascii")


def _verify(password: str, kept: str) -> bool:
    try:
        return argon2.PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def main() -> None:
    """Answer each line of the standard input by its number, until it ends or nobody listens any more."""
    with contextlib.suppress(BrokenPipeError):
        for line in sys.stdin.buffer:
            number, _, question = line.partition(b" ")
            os.write(sys.stdout.fileno(), b"%b %b\n" % (number, answer(question)))


if __name__ == "__main__":
    main()
