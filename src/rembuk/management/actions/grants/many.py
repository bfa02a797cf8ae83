"""Giving one role to many people in one act: all of them or none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.access.holders import is_instansi, lock_administrators
from rembuk.access.models import Grant, Role
from rembuk.access.permissions import GRANT_MANAGE, SETTING_CHANGE
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Denied, Invalid, Words, require
from rembuk.management import rules, verbs
from rembuk.management.actions.grants.giving import (
    HELD,
    NOT_OPENED,
    UNUSABLE,
    check_terms,
    holds,
    row_of,
    target,
    told,
    waits_for_code,
)
from rembuk.management.facts import GrantFacts

MOST = 500
ONE_BY_ONE = gettext_lazy(
    "This role in the whole instansi can make an administrator, so it is given to one person at a time."
)


def give_many(people: Sequence[Person], facts: GrantFacts, *, by: Person, at: datetime | None = None) -> int:
    """Give the same role on the same terms to many people under one mark, all of them or none; returns how many.

    Raises:
        Denied: outside of one's units, with permissions one lacks, or a role that can make an administrator.
        Invalid: for terms that don't fit, nobody or more than ``MOST``, or where one of them can't be given it.
    """
    moment, numbers = instant(at), sorted({person.pk for person in people})
    if not 0 < len(numbers) <= MOST:
        raise Invalid(_("Choose between 1 and %(n)d people.") % {"n": MOST})
    with transaction.atomic():
        if is_instansi(facts.unit):
            lock_administrators()
        role = Role.objects.select_for_update(no_key=True).get(pk=facts.role.pk)
        facts = replace(facts, role=role)
        found = list(Person.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk"))
        check_for_many(facts, by=by, at=at)
        refused = len(refusals(found, facts, by=by, at=moment))
        if refused:
            words = ngettext(
                "%(n)d person can't be given this role any more, so nobody was. Look through the list once more.",
                "%(n)d people can't be given this role any more, so nobody was. Look through the list once more.",
                refused,
            )
            raise Invalid(words % {"n": refused})
        rows = Grant.objects.bulk_create([row_of(person, facts, by=by, moment=moment) for person in found])
        entries = [(verbs.GRANT_GIVEN, target(row), told(row)) for row in rows]
        audit.record_many(entries, by=actor_of(by), at=moment, bulk=str(uuid4()), reason=rows[0].reason)
    return len(rows)


def check_for_many(facts: GrantFacts, *, by: Person, at: datetime | None = None) -> None:
    """What holds for all of them: the terms fit, and this person may give such a role to many.

    Raises:
        Denied, Invalid: as ``give_many``.
    """
    require(rules.may_give_grant(by, None, facts.role, facts.unit))
    if is_instansi(facts.unit) and {GRANT_MANAGE.key, SETTING_CHANGE.key} & set(facts.role.permissions):
        raise Denied(ONE_BY_ONE)
    check_terms(facts, instant(at))


def refusals(
    people: Sequence[Person], facts: GrantFacts, *, by: Person, at: datetime | None = None
) -> dict[int, Words]:
    """Of these people those who can't be given the role on these terms, each with the reason; one query."""
    moment = instant(at)
    having = {grant.person_id for grant in holds(Grant.objects.filter(person__in=people), facts, moment)}
    found: dict[int, Words] = {}
    for person in people:
        verdict = rules.may_give_grant(by, person, facts.role, facts.unit)
        if not verdict.ok:
            found[person.pk] = str(verdict)
        elif not person.is_active or person.deleted_at is not None:
            found[person.pk] = UNUSABLE
        elif waits_for_code(person):
            found[person.pk] = NOT_OPENED
        elif person.pk in having:
            found[person.pk] = HELD
    return found
