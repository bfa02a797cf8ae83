"""The pile of the desk about milestones that are called done and that citizens contradict."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.counting import counted_beyond
from rembuk.programs.evaluation import witnesses
from rembuk.programs.models import Milestone
from rembuk.web.desk.piles import FIRST, Pile
from rembuk.web.programs.voices.section import contradicted_rows


def contradicted(by: Person, moment: datetime) -> Pile | None:
    """Milestones of her units that citizens contradict, the last called first."""
    if not rights.can(by, izin.PROGRAM_REPORT):
        return None
    held = rights.within("program__unit", rights.paths(by, izin.PROGRAM_REPORT))
    found = witnesses.contradicted(Milestone.objects.filter(held)).order_by("-claimed_at", "-id")
    first = list(found.select_related("program__unit")[:FIRST])
    return Pile(
        title=_("Contradicted by citizens"),
        count=counted_beyond(first, found, f"contradicted:{by.pk}", are_all=len(first) < FIRST),
        late=0,
        rows=contradicted_rows(first),
        url=reverse("desk_programs:contradicted"),
    )
