"""Inviting everybody on a sheet: all of them or nobody; those invited already are left as they are."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access.holders import is_instansi, lock_administrators
from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.common.errors import WrongState
from rembuk.management.actions.people import invite_person
from rembuk.management.people.invitations import Line, rehearse
from rembuk.proposals.imports.sheets import SheetRow


def invite_many(rows: Sequence[SheetRow], *, by: Person, at: datetime | None = None) -> list[Line]:
    """Invite whom the rows name; returns what became of each. Sending the same rows again changes nothing.

    Raises:
        WrongState: when a row has something wrong; then nobody is invited.
        Invalid: when somebody else took an address in this very moment; likewise.
    """
    mark = uuid4().hex
    with transaction.atomic():
        lines = rehearse(rows, by=by, at=at)
        if any(line.problems for line in lines):
            raise WrongState(_("Some rows can't go in. Nobody was invited."))
        new = [(line.newcomer, line.facts) for line in lines if line.newcomer and line.facts]
        if any(is_instansi(facts.unit) for _newcomer, facts in new):
            lock_administrators()
        # All at once and in order: two sheets that name the same roles wait for each other.
        roles = Role.objects.filter(pk__in={facts.role.pk for _newcomer, facts in new}).order_by("pk")
        list(roles.select_for_update(no_key=True))
        for newcomer, facts in new:
            invite_person(newcomer, facts, by=by, at=at, bulk=mark)
    return lines
