"""The cast of the tests: each call makes one person with the rights the name promises."""

import itertools
from datetime import UTC, datetime

from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.workunits.models import WorkUnit

PASSWORD = "rahasia-sekali-2026"
LONG_AGO = datetime(2024, 1, 2, tzinfo=UTC)
_numbers = itertools.count(1)


def citizen(name: str = "Sari Wulandari", **fields: object) -> Person:
    """A confirmed member without any grant."""
    from allauth.account.models import EmailAddress

    email = str(fields.pop("email", f"warga{next(_numbers)}@contoh.id"))
    person = Person.objects.create(
        email=email, name=name, adult_confirmed_at=LONG_AGO, privacy_version=1, **fields
    )
    person.password = _hash()
    person.save(update_fields=["password"])
    Person.objects.filter(pk=person.pk).update(joined_at=LONG_AGO)
    person.refresh_from_db()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def grant(person: Person, role: str, unit: WorkUnit, **fields: object) -> Grant:
    """A grant of a seeded role in a unit, in force since long ago."""
    fields.setdefault("starts_at", LONG_AGO)
    return Grant.objects.create(person=person, role=Role.objects.get(slug=role), unit=unit, **fields)


def staff(role: str, unit: WorkUnit, name: str = "Budi Santoso") -> Person:
    """Somebody invited, with one grant of a seeded role: ``administrator``, ``unit-admin``, ``moderator``, …"""
    person = citizen(name, invited_at=LONG_AGO)
    grant(person, role, unit)
    return person


_cached_hash = ""


def _hash() -> str:
    global _cached_hash
    if not _cached_hash:
        from django.contrib.auth.hashers import make_password

        _cached_hash = make_password(PASSWORD)
    return _cached_hash
