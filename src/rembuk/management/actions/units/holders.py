"""What becomes of the roles given in a unit that is retired: they end, or are given on in its successor."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from rembuk.access.holders import is_instansi
from rembuk.access.models import Grant, Role
from rembuk.access.permissions import GRANT_MANAGE, SETTING_CHANGE
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.errors import Denied, Invalid, Words
from rembuk.common.text import clean_line
from rembuk.management import rules, verbs
from rembuk.management.actions.grants.giving import TWO_PEOPLE, check, holds, row_of, target, told
from rembuk.management.actions.rows import wrong
from rembuk.management.facts import GrantFacts
from rembuk.management.selectors import unended
from rembuk.management.units.endings import may_end_roles
from rembuk.workunits.models import WorkUnit


def lock_holders(units: Collection[WorkUnit], moment: datetime) -> None:
    """Hold what the grants in these units name, before anything that hangs on them: roles, then people, then the grants.

    As everything that gives roles or takes people away locks them; all units of one act at once.
    """
    grants = Grant.objects.filter(unended(moment), unit__in=units)
    roles, people = (set(grants.values_list(name, flat=True)) for name in ("role", "person"))
    list(Role.objects.filter(pk__in=roles).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(Person.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(grants.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def settle_grants(  # noqa: PLR0913
    unit: WorkUnit,
    successor: WorkUnit | None,
    give_on: Collection[int],
    *,
    by: Person | Actor,
    moment: datetime,
    reason: str,
    bulk: str,
) -> None:
    """End every grant in the unit that is in force or still to come; those in ``give_on`` go on in the successor.

    The caller holds ``lock_holders``.

    Raises:
        Invalid: naming the people whose role the actor may not end; for ``give_on``, those whose she may not give there.
    """
    found = Grant.objects.filter(unended(moment), unit=unit).order_by("pk")
    grants = list(found.select_related("person", "role", "unit"))
    if isinstance(by, Person):
        verdict = may_end_roles(by, grants, moment)
        if isinstance(verdict, Denied):
            raise Invalid(verdict.message)
        if successor is not None:
            chosen = [grant for grant in grants if grant.pk in give_on]
            made = _given(chosen, successor, by=by, moment=moment, reason=reason)
            entries = [(verbs.GRANT_GIVEN, target(grant), told(grant)) for grant in made]
            audit.record_many(entries, by=actor_of(by), at=moment, bulk=bulk, reason=clean_line(reason))
    _end(grants, by=by, moment=moment, reason=reason, bulk=bulk)


def _given(
    chosen: list[Grant], successor: WorkUnit, *, by: Person, moment: datetime, reason: str
) -> list[Grant]:
    """The same roles in the successor, from now on; one that the person has there on all of its days is not given."""
    refused, made = list[str](), list[Grant]()
    for grant in chosen:
        facts = _facts(grant, successor, moment, reason)
        fault = _refusal(grant, facts, by)
        if fault is None and _has_it(grant, facts, moment):
            continue
        fault = fault or _misfit(grant, facts, moment)
        if fault is None:
            row = row_of(grant.person, facts, by=by, moment=moment)
            row.save()
            made.append(row)
        else:
            refused.append(f"{grant.person.shown_name} ({grant.role.label}): {fault}")
    if refused:
        words = _("You can't give these roles in the successor: %(names)s") % {"names": "; ".join(refused)}
        raise wrong("give_on", words)
    return made


def _refusal(grant: Grant, facts: GrantFacts, by: Person) -> Words | None:
    """Why this person may not give the role there; what can make an administrator of the instansi takes two people."""
    if is_instansi(facts.unit) and {GRANT_MANAGE.key, SETTING_CHANGE.key} & set(facts.role.permissions):
        return TWO_PEOPLE
    verdict = rules.may_give_grant(by, grant.person, facts.role, facts.unit)
    return verdict.message if isinstance(verdict, Denied) else None


def _misfit(grant: Grant, facts: GrantFacts, moment: datetime) -> Words | None:
    """Why nobody could give it: a suspended account, a retired role, days on which the person has it already."""
    try:
        check(grant.person, facts, moment)
    except Invalid as refusal:
        return next((words for said in refusal.fields.values() for words in said), refusal.message)
    return None


def _facts(grant: Grant, successor: WorkUnit, moment: datetime, reason: str) -> GrantFacts:
    return GrantFacts(
        role=grant.role,
        unit=successor,
        reason=reason,
        starts_at=max(grant.starts_at, moment),
        ends_at=grant.ends_at,
        standing=grant.standing,
        standing_title=grant.standing_title,
        letter=grant.letter,
    )


def _has_it(grant: Grant, facts: GrantFacts, moment: datetime) -> bool:
    """Whether the person holds the role in the successor on every day of the grant."""
    assert facts.starts_at is not None
    same = holds(Grant.objects.filter(person=grant.person), facts, moment)
    return any(
        held.starts_at <= facts.starts_at
        and (held.ends_at is None or (facts.ends_at is not None and facts.ends_at <= held.ends_at))
        for held in same
    )


def _end(grants: list[Grant], *, by: Person | Actor, moment: datetime, reason: str, bulk: str) -> None:
    entries = [
        (
            verbs.GRANT_ENDED,
            target(grant),
            {"role": grant.role.slug, "unit": grant.unit.code, "ends_at": moment},
        )
        for grant in grants
    ]
    keys = [grant.pk for grant in grants]
    Grant.objects.filter(pk__in=keys, starts_at__gte=moment).delete()
    Grant.objects.filter(pk__in=keys).update(ends_at=moment)
    audit.record_many(entries, by=actor_of(by), at=moment, bulk=bulk, reason=clean_line(reason))
