"""Moving the end of a grant: longer, shorter, or none."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.holders import lock_administrators
from rembuk.access.models import Grant
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line
from rembuk.management import verbs
from rembuk.management.actions.grants.giving import HELD, UNUSABLE, check_terms, holds, locked, target
from rembuk.management.actions.rows import wrong
from rembuk.management.facts import GrantFacts
from rembuk.management.granting import rules


def change_grant_end(
    grant: Grant, ends_at: datetime | None, *, by: Person, reason: str, at: datetime | None = None
) -> Grant:
    """Let a grant end at another instant, or with ``None`` only when somebody ends it.

    Raises:
        Denied: for one's own, outside of one's units, with permissions one lacks, an administrator's that gets longer, or
            the last administrator's that gets an end.
        Invalid: for an end that is over, that it has already, or a delegation without one; without a reason.
        WrongState: when it has ended already.
    """
    moment = instant(at)
    with transaction.atomic():
        lock_administrators()
        facts, person = locked(_facts(grant, ends_at, reason), grant.person)
        found = Grant.objects.select_for_update(of=("self",)).select_related("role", "unit", "person")
        mine = found.filter(pk=grant.pk).first()
        if mine is None or (mine.ends_at is not None and mine.ends_at <= moment):
            raise WrongState(_("This grant has ended already."))
        require(rules.may_change_end(by, mine, ends_at, at))
        _check(mine, person, facts, moment)
        before, mine.ends_at = {"ends_at": mine.ends_at}, ends_at
        mine.save(update_fields=["ends_at"])
        after = {"role": mine.role.slug, "unit": mine.unit.code, "ends_at": ends_at}
        audit.record(
            verbs.GRANT_END_CHANGED,
            by=actor_of(by),
            target=target(mine),
            before=before,
            after=after,
            reason=clean_line(reason),
            at=at,
        )
    return mine


def _facts(grant: Grant, ends_at: datetime | None, reason: str) -> GrantFacts:
    return GrantFacts(
        role=grant.role,
        unit=grant.unit,
        reason=reason,
        starts_at=grant.starts_at,
        ends_at=ends_at,
        standing=grant.standing,
        standing_title=grant.standing_title,
    )


def _check(grant: Grant, person: Person, facts: GrantFacts, moment: datetime) -> None:
    check_terms(facts, moment)
    if facts.ends_at == grant.ends_at:
        raise wrong("until", _("The grant ends on this day already."))
    if not person.is_active:
        raise Invalid(UNUSABLE)
    if holds(Grant.objects.filter(person=person).exclude(pk=grant.pk), facts, moment):
        raise wrong("until", HELD)
