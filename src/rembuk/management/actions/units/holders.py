"""What becomes of the roles given in a unit that is retired: they end, or are given on in its successor."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rembuk.access.holders import makes_administrator
from rembuk.access.models import Grant
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.audit.verbs import Verb
from rembuk.common.text import clean_line
from rembuk.management import rules, verbs
from rembuk.management.actions.rows import wrong
from rembuk.management.selectors import unended
from rembuk.workunits.models import WorkUnit


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

    Raises:
        Invalid: for ``give_on``, naming the people whose role the actor may not give there.
    """
    found = Grant.objects.filter(unended(moment), unit=unit).order_by("pk").select_for_update(of=("self",))
    grants = list(found.select_related("person", "role"))
    chosen = [grant for grant in grants if grant.pk in give_on]
    if successor is not None and isinstance(by, Person):
        _check(chosen, successor, by)
        entries = [
            _given(grant, successor, by, reason) for grant in chosen if not _has_it(grant, successor, moment)
        ]
        audit.record_many(entries, by=actor_of(by), at=moment, bulk=bulk, reason=clean_line(reason))
    _end(grants, unit, by=by, moment=moment, reason=reason, bulk=bulk)


def may_give_on(grant: Grant, successor: WorkUnit, by: Person) -> bool:
    """Whether this person may give the same role in the successor; an administrator of the instansi takes two people."""
    if makes_administrator(grant.role, successor, grant.person):
        return False
    return rules.may_give_grant(by, grant.person, grant.role, successor).ok


def _check(chosen: list[Grant], successor: WorkUnit, by: Person) -> None:
    refused = [grant for grant in chosen if not may_give_on(grant, successor, by)]
    if refused:
        names = "; ".join(f"{grant.person.shown_name} ({grant.role.label})" for grant in refused)
        raise wrong(
            "give_on", _("You can't give these roles in the successor: %(names)s.") % {"names": names}
        )


def _has_it(grant: Grant, successor: WorkUnit, moment: datetime) -> bool:
    same = Grant.objects.filter(unended(moment), person=grant.person, role=grant.role, unit=successor)
    return same.exists()


def _given(
    grant: Grant, successor: WorkUnit, by: Person, reason: str
) -> tuple[Verb, audit.Target, dict[str, Any]]:
    made = Grant.objects.create(
        person=grant.person,
        role=grant.role,
        unit=successor,
        starts_at=grant.starts_at,
        ends_at=grant.ends_at,
        reason=clean_line(reason),
        standing=grant.standing,
        standing_title=grant.standing_title,
        letter=grant.letter,
        given_by=by,
    )
    target = audit.Target("person", str(made.person_id), successor.pk, successor.path)
    after = {"role": grant.role.slug, "unit": successor.code, "ends_at": made.ends_at}
    return verbs.GRANT_GIVEN, target, after


def _end(
    grants: list[Grant], unit: WorkUnit, *, by: Person | Actor, moment: datetime, reason: str, bulk: str
) -> None:
    keys = [grant.pk for grant in grants]
    Grant.objects.filter(pk__in=keys, starts_at__gte=moment).delete()
    Grant.objects.filter(pk__in=keys).update(ends_at=moment)
    entries = [
        (
            verbs.GRANT_ENDED,
            audit.Target("person", str(grant.person_id), unit.pk, unit.path),
            {"role": grant.role.slug, "unit": unit.code, "ends_at": moment},
        )
        for grant in grants
    ]
    audit.record_many(entries, by=actor_of(by), at=moment, bulk=bulk, reason=clean_line(reason))
