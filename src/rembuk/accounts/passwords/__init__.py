"""Passwords as they are kept: ``hashing`` for Django, ``hasher`` the program that works hashes out in spare time."""
