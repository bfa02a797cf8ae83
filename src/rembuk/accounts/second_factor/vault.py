"""Secrets of second factors at rest: encrypted with a key that is derived from the site's SECRET_KEY.

A changed SECRET_KEY makes them unreadable, unless the old one stands in SECRET_KEY_FALLBACKS: people then sign in with a
recovery code (those are hashes and need no key) and set up their app again, or have their second factor reset.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

_PURPOSE = b"rembuk.accounts.second_factor"


def seal(text: str) -> str:
    """The text as it may be stored."""
    return _lock().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again; empty when it was sealed with a key that this site no longer has."""
    try:
        return _lock().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def _lock() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(key: str | bytes) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(force_bytes(key))
    return Fernet(base64.urlsafe_b64encode(derived))
