"""Whom one act can take together: the rules of single accounts, asked for many in as many queries as for one.

The actions ask the single rules again, row by row, before anything is written.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.holders import administrator_grants, is_administrator_left
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.management.rules import covers_account, may_answer_for
from rembuk.management.selectors import unended
from rembuk.workunits.models import WorkUnit


class Step(StrEnum):
    """What can be done to a selection."""

    SUSPEND = "tangguhkan"
    REINSTATE = "aktifkan"
    SESSIONS = "akhiri-sesi"
    INVITE = "undang-lagi"


def refusals(step: Step, people: Sequence[Person], by: Person, at: datetime | None = None) -> dict[int, str]:
    """Why an act can't take some of these people, by their number; whoever is not named can be taken.

    ``people`` are all in reach of ``by`` (``selectors.managed_people``).
    """
    found = {person.pk: _by_state(step, person) for person in people}
    if step != Step.INVITE:
        found |= _by_rights(step, people, by, at)
    return {pk: why for pk, why in found.items() if why}


def is_answerable(by: Person, person: Person, at: datetime | None = None) -> bool:
    """Whether the whole account is in the hands of ``by``: one's own, or one that they answer for."""
    return by.pk == person.pk or may_answer_for(by, person, at).ok


def _by_state(step: Step, person: Person) -> str:
    is_suspended = not person.is_active and person.suspended_at is not None and person.deleted_at is None
    is_waiting = person.is_active and person.invited_at is not None and not person.has_usable_password()
    if step == Step.SUSPEND and not person.is_active:
        return _("This account is suspended or deleted already.")
    if step == Step.REINSTATE and not is_suspended:
        return _("This account is not suspended.")
    if step == Step.INVITE and not is_waiting:
        return _("This account is not waiting for an invitation.")
    return ""


def _by_rights(step: Step, people: Sequence[Person], by: Person, at: datetime | None) -> dict[int, str]:
    is_whole = rights.can_everywhere(by, izin.PERSON_MANAGE)
    units = {} if is_whole else _units(people, at)
    last = set() if step == Step.SESSIONS else _last_administrators(people, at)
    found = {}
    for person in people:
        if person.pk == by.pk:
            found[person.pk] = _own(step)
        elif not (verdict := covers_account(by, person, units.get(person.pk, []))).ok:
            found[person.pk] = str(verdict)
        elif person.pk in last:
            found[person.pk] = _("This is the last administrator. Give somebody else this role first.")
    return found


def _own(step: Step) -> str:
    if step == Step.SESSIONS:
        return _("End your own sessions on your own page.")
    return _("Nobody suspends themselves.")


def _units(people: Sequence[Person], at: datetime | None) -> dict[int, list[WorkUnit]]:
    """The units in which each has a role in force or still to come."""
    held: dict[int, list[WorkUnit]] = defaultdict(list)
    for grant in Grant.objects.filter(unended(at), person__in=people).select_related("unit"):
        held[grant.person_id].append(grant.unit)
    return held


def _last_administrators(people: Sequence[Person], at: datetime | None) -> set[int]:
    administrators = set(administrator_grants(at).filter(person__in=people).values_list("person", flat=True))
    return {pk for pk in administrators if not is_administrator_left(Q(person=pk), at)}
