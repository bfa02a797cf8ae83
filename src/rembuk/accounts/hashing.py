"""The password hash: argon2id with OWASP's 19 MiB, two passes, one lane (about 30 ms a sign-in)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """OWASP Password Storage Cheat Sheet, argon2id: m=19 MiB, t=2, p=1."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
