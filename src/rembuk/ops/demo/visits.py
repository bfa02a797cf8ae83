"""When the people of the demonstration were last here: with their latest deed, since nobody of them signs in."""

from datetime import datetime

from django.db.models import Max

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import local_date
from rembuk.siteconfig.selectors import current


def note_last(now: datetime) -> None:
    """Set the last sign-in and the last day of everybody who did something."""
    deeds = AuditEntry.objects.filter(actor_person_id__isnull=False, at__lte=now)
    latest: dict[int | None, datetime] = dict(
        deeds.values("actor_person_id").annotate(last=Max("at")).values_list("actor_person_id", "last")
    )
    people = list(Person.objects.filter(pk__in=[pk for pk in latest if pk]))
    for person in people:
        person.last_login = latest[person.pk]
        person.last_active_on = local_date(latest[person.pk], current().tz)
    Person.objects.bulk_update(people, ["last_login", "last_active_on"])
