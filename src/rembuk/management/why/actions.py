"""That the rights of a person were looked up stands in the trail: the answer shows what she holds and where."""

from datetime import datetime

from django.db import transaction

from rembuk.access.permissions import Permission
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.common.errors import NotVisible
from rembuk.management import verbs
from rembuk.management.why.selectors import people_in_reach
from rembuk.workunits.models import WorkUnit


def look_up_rights(
    person: Person, permission: Permission, unit: WorkUnit | None, *, by: Person, at: datetime | None = None
) -> None:
    """Record that ``by`` asked why the person may or may not do this there (about oneself is no event).

    Raises:
        NotVisible: outside of one's reach.
    """
    if by.pk == person.pk:
        return
    if not people_in_reach(by).filter(pk=person.pk).exists():
        raise NotVisible
    after = {"fields": ["name", "grants"], "permission": permission.key, "unit": unit.code if unit else ""}
    target = audit.Target(
        "person", str(person.pk), unit.pk if unit else None, unit_path=unit.path if unit else ""
    )
    with transaction.atomic():
        audit.record(verbs.RIGHTS_EXPLAINED, by=actor_of(by), target=target, after=after, at=at)
