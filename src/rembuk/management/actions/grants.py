"""Giving a role to a person in a unit, and ending it. Roles themselves are seeded rows."""

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
from rembuk.management import rules, verbs
from rembuk.management.actions.rows import wrong
from rembuk.management.facts import GrantFacts
from rembuk.management.selectors import unended


def give_grant(person: Person, facts: GrantFacts, *, by: Person, at: datetime | None = None) -> Grant:
    """Give a role; it holds in the unit and all below, from its first instant to its last.

    Raises:
        Denied: to oneself, outside of one's units, or with permissions one lacks.
        Invalid: for dates that don't fit, a retired role or unit, a suspended or deleted person, or a role held already.
    """
    moment = instant(at)
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        require(rules.may_give_grant(by, person, facts.role, facts.unit))
        starts_at = facts.starts_at or moment
        _check(person, facts, starts_at, moment)
        grant = Grant.objects.create(
            person=person,
            role=facts.role,
            unit=facts.unit,
            starts_at=starts_at,
            ends_at=facts.ends_at,
            reason=clean_line(facts.reason),
            given_by=by,
        )
        after = {
            "role": facts.role.slug,
            "unit": facts.unit.code,
            "starts_at": starts_at,
            "ends_at": facts.ends_at,
        }
        audit.record(
            verbs.GRANT_GIVEN, by=actor_of(by), target=_target(grant), after=after, reason=grant.reason, at=at
        )
    return grant


def end_grant(grant: Grant, *, by: Person, reason: str, at: datetime | None = None) -> None:
    """End a grant at once; one that was still to come is taken back and leaves its traces in the trail only.

    Raises:
        Denied: for one's own, outside of one's units, with permissions one lacks, or the last administrator's.
        WrongState: when it has ended already.
    """
    moment = instant(at)
    with transaction.atomic():
        lock_administrators()
        locked = Grant.objects.select_for_update(of=("self",)).select_related("role", "unit", "person")
        found = locked.filter(pk=grant.pk).first()
        if found is None or (found.ends_at is not None and found.ends_at <= moment):
            raise WrongState(_("This grant has ended already."))
        require(rules.may_end_grant(by, found, at))
        target, before = (
            _target(found),
            {"role": found.role.slug, "unit": found.unit.code, "ends_at": found.ends_at},
        )
        if found.starts_at >= moment:
            found.delete()
        else:
            found.ends_at = moment
            found.save(update_fields=["ends_at"])
        audit.record(
            verbs.GRANT_ENDED,
            by=actor_of(by),
            target=target,
            before=before,
            after={"ends_at": moment},
            reason=clean_line(reason),
            at=at,
        )


def _check(person: Person, facts: GrantFacts, starts_at: datetime, moment: datetime) -> None:
    if not person.is_active:
        raise Invalid(_("This account is suspended or deleted, so it can't be given a role."))
    if not facts.role.is_active or not facts.role.permissions:
        raise wrong("role", _("This role can't be given."))
    if not facts.unit.is_active:
        raise wrong("unit", _("This work unit is retired."))
    if facts.ends_at is not None and facts.ends_at <= max(starts_at, moment):
        raise wrong("until", _("The last day can't come before the first one, or be over already."))
    if not clean_line(facts.reason):
        raise wrong("reason", _("Say why, so that an auditor understands it later."))
    same = Grant.objects.filter(unended(moment), person=person, role=facts.role, unit=facts.unit)
    if facts.ends_at is not None:
        same = same.filter(starts_at__lt=facts.ends_at)
    if any(held.ends_at is None or held.ends_at > starts_at for held in same):
        raise wrong("role", _("This person already has this role there in these days."))


def _target(grant: Grant) -> audit.Target:
    return audit.Target("person", str(grant.person_id), grant.unit_id, grant.unit.path)
