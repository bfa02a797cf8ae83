"""Why programmes rest or were given up, as their public history tells it."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from rembuk.programs.models import Program, ProgramEvent
from rembuk.programs.states import State


def with_reasons(programs: QuerySet[Program]) -> QuerySet[Program]:
    """The same programmes with ``rest_reason``: of the standing postponement or cancellation, ``None`` for others."""
    resting = Q(program__state=State.POSTPONED, step="postpone") | Q(
        program__state=State.CANCELLED, step="cancel"
    )
    events = ProgramEvent.objects.filter(resting, program=OuterRef("pk")).order_by("-at", "-id")
    return programs.annotate(rest_reason=Subquery(events.values("reason")[:1]))
