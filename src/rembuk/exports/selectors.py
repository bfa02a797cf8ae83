"""Which exports there are."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from rembuk.accounts.models import Person
from rembuk.exports.models import Export
from rembuk.exports.states import UNFINISHED, State


def of(by: Person) -> QuerySet[Export]:
    """Everything this person asked for."""
    return Export.objects.filter(person=by)


def counts(by: Person) -> tuple[int, int]:
    """How many of a person's are being made, and how many lie ready."""
    found = of(by).aggregate(
        unfinished=Count("pk", filter=Q(state__in=UNFINISHED)), kept=Count("pk", filter=Q(state=State.READY))
    )
    return found["unfinished"], found["kept"]


def ended(at: datetime) -> QuerySet[Export]:
    """Files whose week is over."""
    return Export.objects.filter(state=State.READY, expires_at__lte=at)
