"""Which accounts of people without email an officer sees, and how far each one is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import OneTimeCode, Person
from rembuk.accounts.slips import read_name
from rembuk.common.clock import instant
from rembuk.common.codes import read_uuid
from rembuk.management.models import DeskAccount
from rembuk.workunits.models import WorkUnit

ALL, WAITING, ENDED, IN_USE = "semua", "menunggu", "berakhir", "dipakai"
SUSPENDED, WITH_EMAIL = "ditangguhkan", "surel"
_NO_PASSWORD = Q(person__password__startswith="!")  # noqa: S106 - the mark of an unusable one


def accounts(by: Person) -> QuerySet[DeskAccount]:
    """Accounts opened in the units in which this person may open them: the twin of ``rules.may_see_account``.

    With person, unit and who opened it; ``code_made_at`` and ``code_ends_at`` are of a code that is not used.
    """
    mine = rights.within("unit", rights.paths(by, izin.ACCOUNT_OPEN))
    code = OneTimeCode.objects.filter(person=OuterRef("person"), used_at=None)
    return (
        DeskAccount.objects.filter(mine)
        .select_related("person", "unit", "opened_by")
        .annotate(
            code_made_at=Subquery(code.values("made_at")[:1]),
            code_ends_at=Subquery(code.values("expires_at")[:1]),
        )
    )


def named(found: QuerySet[DeskAccount], text: str) -> QuerySet[DeskAccount]:
    """Those whose name holds each of the words, or whose sign-in name begins like the text."""
    text = text.strip()
    if not text:
        return found
    words = Q()
    for word in text.split()[:8]:
        words &= Q(person__name__icontains=word)
    return found.filter(words | Q(person__sign_in_name__startswith=read_name(text)))


def in_state(found: QuerySet[DeskAccount], state: str, at: datetime | None = None) -> QuerySet[DeskAccount]:
    """Those that wait for the first sign-in, whose code has ended, or that are in use; any other word: all."""
    moment = instant(at)
    is_new = Q(person__is_active=True, person__email=None) & _NO_PASSWORD
    has_ended = Q(code_ends_at=None) | Q(code_ends_at__lte=moment)
    wanted = {
        WAITING: is_new & Q(code_ends_at__gt=moment),
        ENDED: is_new & has_ended,
        IN_USE: Q(person__is_active=True) & (Q(person__email__isnull=False) | ~_NO_PASSWORD),
    }
    return found.filter(wanted[state]) if state in wanted else found


def waiting_among(public_ids: Sequence[str], by: Person) -> list[DeskAccount]:
    """Those of an officer's accounts, named by the public ids of their people, that wait for their first sign-in."""
    keys = [key for text in public_ids if (key := read_uuid(text))]
    mine = accounts(by).filter(person__public_id__in=keys, person__deleted_at=None)
    return list(in_state(mine, WAITING).order_by("person__name", "pk"))


def state_of(account: Any, at: datetime | None = None) -> str:
    """How far an account of ``accounts`` is."""
    person = account.person
    if not person.is_active:
        return SUSPENDED
    if person.email:
        return WITH_EMAIL
    if person.has_usable_password():
        return IN_USE
    return WAITING if account.code_ends_at and account.code_ends_at > instant(at) else ENDED


def namesakes(name: str, unit: WorkUnit) -> QuerySet[DeskAccount]:
    """Accounts of the same name that were opened in the same unit."""
    return DeskAccount.objects.filter(unit=unit, person__name__iexact=name, person__deleted_at=None)


def own(person: Person) -> DeskAccount | None:
    """Where the person's own account was opened, with the unit; ``None`` for those who registered themselves."""
    if not person.sign_in_name:
        return None
    return DeskAccount.objects.select_related("unit").filter(person=person).first()
