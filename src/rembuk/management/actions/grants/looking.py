"""Looking people up by address before they are given a role: whose name is shown, and the trace of it."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.management import verbs


def look_up(people: Collection[Person], asked: int, *, by: Person) -> set[int]:
    """Record that ``by`` asked after so many addresses and names, and whose accounts they are, in one entry.

    Returns the numbers of those whose name ``by`` may read: with a role in a unit in which ``by`` manages people or
    gives roles. Of others only what was typed is known.
    """
    known = _in_reach(people, by)
    after = {
        "fields": ["account"],
        "asked": asked,
        "people": sorted(person.pk for person in people),
        "named": len(known),
    }
    with transaction.atomic():
        audit.record(
            verbs.PERSON_SEEN, by=actor_of(by), target=audit.Target(kind="list", key="grants"), after=after
        )
    return known


def _in_reach(people: Collection[Person], by: Person) -> set[int]:
    if rights.can_everywhere(by, izin.PERSON_MANAGE) or rights.can_everywhere(by, izin.GRANT_MANAGE):
        return {person.pk for person in people}
    paths = {*rights.paths(by, izin.PERSON_MANAGE), *rights.paths(by, izin.GRANT_MANAGE)}
    held = Grant.objects.filter(rights.within("unit", sorted(paths)), person=OuterRef("pk"))
    found = Person.objects.filter(Exists(held), pk__in=[person.pk for person in people])
    return set(found.values_list("pk", flat=True))
