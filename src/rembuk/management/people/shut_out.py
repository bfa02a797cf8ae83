"""Whom a change of the settings would keep from the desk at once, for want of a second factor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Min

from rembuk.access.holders import grants_in_force, staff
from rembuk.accounts.models import Person
from rembuk.accounts.second_factor import grace
from rembuk.common.clock import instant
from rembuk.siteconfig.keys import SiteSettings

REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class ShutOut:
    """How many people with a role have no second factor, how many the desk closes to at once, and whether to oneself."""

    without: int
    at_once: int
    is_oneself: bool


def shut_out(
    now: SiteSettings, changes: Mapping[str, Any], by: Person, *, at: datetime | None = None
) -> ShutOut | None:
    """What the change does to staff; ``None`` when it demands no more than before, or closes the desk to nobody yet."""
    was, will = now.staff_two_factor == REQUIRED, changes["staff_two_factor"] == REQUIRED
    days = int(changes["staff_two_factor_days"])
    if not will or (was and days >= now.staff_two_factor_days):
        return None
    moment = instant(at)
    since = (now.two_factor_since if was else None) or moment
    armed = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    bare = staff(moment).exclude(pk__in=armed)
    grants = grants_in_force(moment).exclude(role__permissions=[]).filter(person__in=bare)
    first = dict(
        grants.order_by().values("person").annotate(first=Min("starts_at")).values_list("person", "first")
    )
    over = {
        pk
        for pk, begun in first.items()
        if _is_over(grace.due(since=since, days=days, first_grant_at=begun), moment)
    }
    return ShutOut(len(first), len(over), by.pk in over) if over else None


def _is_over(due: datetime | None, moment: datetime) -> bool:
    return due is not None and due <= moment
