"""The slip that is printed for somebody without email: shown once, from the officer's own session, where it lies sealed."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from rembuk.accounts import slips
from rembuk.accounts.second_factor import vault
from rembuk.common import clock

KEPT = 10 * 60
"""Seconds in which the officer has to open the slip after the account."""
_KEY = "desk_slip"


def keep(request: HttpRequest, public_id: UUID, code: str) -> None:
    """Hold a code until it is shown; another one that was never shown is forgotten."""
    sealed = vault.seal(code)
    request.session[_KEY] = {"person": str(public_id), "code": sealed, "at": int(clock.now().timestamp())}


def take(request: HttpRequest, public_id: UUID) -> str:
    """The code of this person, once; empty when it was shown before, came too long ago, or is of somebody else."""
    forget_late(request)
    kept: dict[str, Any] = request.session.get(_KEY) or {}
    if kept.get("person") != str(public_id):
        return ""
    del request.session[_KEY]
    return vault.unseal(kept["code"])


def forget_late(request: HttpRequest) -> None:
    """Drop a code that nobody opened in time; every page of the desk does it."""
    kept: dict[str, Any] | None = request.session.get(_KEY)
    if kept is not None and clock.now().timestamp() - kept["at"] > KEPT:
        del request.session[_KEY]


def words(account: Any, code: str) -> dict[str, Any]:
    """What the slip says, for ``management/desk_slip.html``."""
    with translation.override(account.person.language):
        where = str(settings.BASE_URL).rstrip("/") + reverse("account_login")
    return {
        "where": where.partition("://")[2],
        "code": slips.shown_code(code),
        "person": account.person,
        "unit": account.unit,
        "ends_at": account.code_ends_at,
        "language": account.person.language,
    }
