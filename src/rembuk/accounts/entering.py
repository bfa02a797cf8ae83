"""Whose name and secret these are. Every answer costs the work of one hash, whether there is such an account or not."""

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q

from rembuk.accounts import slips
from rembuk.accounts.models import OneTimeCode, Person
from rembuk.common import clock


def recognise(typed: str, secret: str) -> Person | None:
    """The person whom an email address or sign-in name and a password or one-time code belong to, suspended ones too.

    Who has an open code has no password, so there is one secret to compare with.
    """
    person = holder_of(typed)
    if person is None:
        make_password(secret)
        return None
    code = open_code(person)
    is_right = person.check_password(secret) if code is None else fits(code, secret)
    return person if is_right else None


def holder_of(typed: str) -> Person | None:
    """Who signs in with this email address or sign-in name."""
    name = slips.read_identifier(typed)
    mine = Q(email=name) if "@" in name else Q(sign_in_name=name)
    return Person.objects.filter(mine, deleted_at=None).first()


def open_code(person: Person) -> OneTimeCode | None:
    """The code with which the person chooses a password now; ``None`` for all who have one, and when it has ended."""
    if not person.sign_in_name or person.has_usable_password():
        return None
    return person.one_time_codes.filter(used_at=None, expires_at__gt=clock.now()).first()


def fits(code: OneTimeCode, typed: str) -> bool:
    """Whether this is the code, however it was typed."""
    return check_password(slips.read_code(typed), code.code_hash)
