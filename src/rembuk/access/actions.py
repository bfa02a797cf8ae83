"""Recording a refusal or an export. Grants themselves are given and ended by ``management``."""

from django.db import transaction

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import DENIED, EXPORTED


def note_denial(*, by: Person, what: str, reason: str) -> None:
    """Record, in a transaction of its own after the refused one rolled back, that ``by`` was denied ``what``.

    ``what`` is the name of the route with the public code it was asked for; ``reason`` the sentence shown.
    """
    with transaction.atomic():
        audit.record(DENIED, by=acting(by), target=audit.Target(kind="route", key=what[:120]), reason=reason)


def note_export(*, by: Person, what: str, filters: dict[str, str]) -> None:
    """Record that ``by`` took a copy of the trail, with the filters asked for."""
    with transaction.atomic():
        audit.record(EXPORTED, by=acting(by), target=audit.Target(kind="export", key=what), after=filters)
