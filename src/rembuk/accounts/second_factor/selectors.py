"""Who has a second factor, and how many recovery codes are left."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from rembuk.accounts.models import Person, RecoveryCode


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """The app of a person: since when, last used when, and the recovery codes that still work."""

    since: datetime
    last_used_at: datetime | None
    codes_left: int


def has_second_factor(person: Person) -> bool:
    """Whether signing in asks this person for a code."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def second_factor_of(person: Person) -> SecondFactor | None:
    """The person's second factor, or ``None``; in two queries."""
    row = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if row is None:
        return None
    return SecondFactor(row.created_at, row.last_used_at, codes_left(person))


def codes_left(person: Person) -> int:
    """How many recovery codes were not used yet."""
    return RecoveryCode.objects.filter(person=person, used_at=None).count()
