"""An authenticator app of the tests, written from RFC 4226 and RFC 6238 and not from the code under test."""

import base64
import hashlib
import hmac
import struct
from datetime import datetime

from allauth.mfa.models import Authenticator

from rembuk.accounts.actions import second_factor
from rembuk.accounts.models import Person
from rembuk.accounts.second_factor import totp, vault
from rembuk.audit.actors import SYSTEM
from rembuk.common.clock import now


def code(secret: str, at: datetime | None = None, *, ahead: int = 0, digits: int = 6) -> str:
    """The code that a phone shows, ``ahead`` steps of 30 seconds after the instant."""
    key = base64.b32decode(secret.replace(" ", ""))
    counter = int((at or now()).timestamp() // 30) + ahead
    mac = hmac.digest(key, struct.pack(">Q", counter), hashlib.sha1)
    start = mac[19] & 15
    (word,) = struct.unpack(">I", mac[start : start + 4])
    return str((word & 0x7FFFFFFF) % 10**digits).zfill(digits)


def wrong(secret: str) -> str:
    """Six digits that no step near this moment has."""
    near = {code(secret, ahead=ahead) for ahead in range(-3, 4)}
    return next(f"{number:06}" for number in range(10) if f"{number:06}" not in near)


def secret_of(person: Person) -> str:
    """The secret on the phone of somebody who was given a second factor."""
    return vault.unseal(Authenticator.objects.get(user=person).data["secret"])


def enrolled(person: Person, at: datetime | None = None) -> tuple[str, list[str]]:
    """Give the person a second factor, set up a minute ago; returns the secret and the recovery codes."""
    secret = totp.new_secret()
    codes = second_factor.turn_on(person, secret, code(secret, at, ahead=-1), by=SYSTEM, at=at)
    return secret, codes
