"""Giving a role to a person in a unit, and what everything that gives one shares: checks of the terms, the row, the trail."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access.holders import is_instansi, lock_administrators, makes_administrator
from rembuk.access.models import Grant, Role, Standing
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.clock import instant
from rembuk.common.errors import Denied, Invalid, require
from rembuk.common.text import clean_line
from rembuk.management import rules, verbs
from rembuk.management.actions.rows import wrong
from rembuk.management.facts import GrantFacts
from rembuk.management.selectors import unended

TWO_PEOPLE = gettext_lazy(
    "Two people make an administrator: ask for this grant, and another person approves it."
)
UNUSABLE = gettext_lazy("This account is suspended or deleted, so it can't be given a role.")
NOT_OPENED = gettext_lazy(
    "This person has chosen no password yet: whoever holds the code that a desk printed opens the account. It can be "
    "given a role after the first sign-in."
)
HELD = gettext_lazy("This person already has this role there in these days.")


def give_grant(person: Person, facts: GrantFacts, *, by: Person, at: datetime | None = None) -> Grant:
    """Give a role; it holds in the unit and all below, from its first instant to its last.

    Raises:
        Denied: to oneself, outside of one's units, with permissions one lacks, or where it makes an administrator.
        Invalid: for terms that don't fit, a retired role or unit, a suspended or deleted person, or a role held already.
    """
    moment = instant(at)
    with transaction.atomic():
        facts, person = locked(facts, person)
        require(rules.may_give_grant(by, person, facts.role, facts.unit))
        if makes_administrator(facts.role, facts.unit, person, at):
            raise Denied(TWO_PEOPLE)
        check(person, facts, moment)
        return place(person, facts, by=by, at=at)


def locked(facts: GrantFacts, person: Person) -> tuple[GrantFacts, Person]:
    """The role and the person as they are now, locked in this order until the transaction ends.

    In the whole instansi whoever changes what another role gives waits too: two halves could make an administrator.
    """
    if is_instansi(facts.unit):
        lock_administrators()
    role = Role.objects.select_for_update(no_key=True).get(pk=facts.role.pk)
    return replace(facts, role=role), Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def check(person: Person, facts: GrantFacts, moment: datetime) -> None:
    """Terms that fit, a role not held yet, an account in use that a printed code does not open.

    Raises:
        Invalid: with the field that is wrong.
    """
    if not person.is_active or person.deleted_at is not None:
        raise Invalid(UNUSABLE)
    if waits_for_code(person):
        raise Invalid(NOT_OPENED)
    check_terms(facts, moment)
    if holds(Grant.objects.filter(person=person), facts, moment):
        raise wrong("role", HELD)


def waits_for_code(person: Person) -> bool:
    """Whether a desk opened the account, or made a new code for it, and nobody has chosen a password since."""
    return bool(person.sign_in_name) and not person.has_usable_password()


def check_terms(facts: GrantFacts, moment: datetime) -> None:
    """Role, unit, dates, delegation and reason of a grant, whoever gets it.

    Raises:
        Invalid: with the field that is wrong.
    """
    starts_at = facts.starts_at or moment
    if not facts.role.is_active or not facts.role.permissions:
        raise wrong("role", _("This role can't be given."))
    if not facts.unit.is_active:
        raise wrong("unit", _("This work unit is retired."))
    if facts.ends_at is not None and facts.ends_at <= max(starts_at, moment):
        raise wrong("until", _("The last day can't come before the first one, or be over already."))
    if facts.standing and facts.standing not in Standing.values:
        raise wrong("standing", _("Choose one of the offered answers."))
    if facts.standing and facts.ends_at is None:
        raise wrong("until", _("A task held for somebody else has a last day."))
    if facts.standing and not clean_line(facts.standing_title):
        raise wrong("standing_title", _("Name the post: it stands beside what is decided under this grant."))
    if not clean_line(facts.reason):
        raise wrong("reason", _("Say why, so that an auditor understands it later."))


def holds(grants: QuerySet[Grant], facts: GrantFacts, moment: datetime) -> list[Grant]:
    """Of these grants those that give the same role in the same unit on one of the same days."""
    starts_at = facts.starts_at or moment
    same = grants.filter(unended(moment), role=facts.role, unit=facts.unit)
    if facts.ends_at is not None:
        same = same.filter(starts_at__lt=facts.ends_at)
    return [held for held in same if held.ends_at is None or held.ends_at > starts_at]


def row_of(person: Person, facts: GrantFacts, *, by: Person, moment: datetime) -> Grant:
    """The grant as it is to be saved."""
    return Grant(
        person=person,
        role=facts.role,
        unit=facts.unit,
        starts_at=facts.starts_at or moment,
        ends_at=facts.ends_at,
        reason=clean_line(facts.reason),
        standing=facts.standing,
        standing_title=clean_line(facts.standing_title) if facts.standing else "",
        letter=clean_line(facts.letter),
        given_by=by,
    )


def place(
    person: Person,
    facts: GrantFacts,
    *,
    by: Person,
    at: datetime | None,
    more: dict[str, object] | None = None,
) -> Grant:
    """Save a grant that was checked, and the entry of it; ``more`` is told with it."""
    grant = row_of(person, facts, by=by, moment=instant(at))
    grant.save()
    after = {**told(grant), **(more or {})}
    audit.record(
        verbs.GRANT_GIVEN, by=actor_of(by), target=target(grant), after=after, reason=grant.reason, at=at
    )
    return grant


def told(grant: Grant) -> dict[str, object]:
    """A grant as the trail tells it."""
    facts: dict[str, object] = {
        "role": grant.role.slug,
        "unit": grant.unit.code,
        "starts_at": grant.starts_at,
        "ends_at": grant.ends_at,
    }
    if grant.standing:
        facts |= {"standing": grant.standing, "standing_title": grant.standing_title}
    return facts | ({"letter": grant.letter} if grant.letter else {})


def target(grant: Grant) -> audit.Target:
    """What an entry about a grant is about: the person, in the unit."""
    return audit.Target("person", str(grant.person_id), grant.unit_id, grant.unit.path)
