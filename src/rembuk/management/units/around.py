"""What stands around one unit: what hangs on it, its earlier codes, and the units above it within somebody's reach."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.management.selectors import managed_units, unended
from rembuk.programs.models import Program
from rembuk.proposals.models import Proposal
from rembuk.workunits.models import FormerCode, WorkUnit
from rembuk.workunits.selectors import ancestors


class Step(NamedTuple):
    """A unit above, as a way leads to it."""

    code: str
    name: str


class Around(NamedTuple):
    """Active units below, people with a role in it; proposals and programmes, those below too; codes; units above."""

    below: int
    people: int
    proposals: int
    programs: int
    former: Sequence[str]
    above: Sequence[Step]


def around(unit: WorkUnit, by: Person, at: datetime | None = None) -> Around:
    """All of it in one statement."""
    lower = WorkUnit.objects.filter(path__startswith=unit.path, is_active=True).exclude(pk=unit.pk)
    here = {"unit__path__startswith": unit.path}
    reached = ancestors(unit).filter(pk__in=managed_units(by).order_by().values("pk"))
    former = FormerCode.objects.filter(unit=OuterRef("pk")).order_by("since").values("code")
    found = WorkUnit.objects.values_list(
        _number(lower),
        _number(Grant.objects.filter(unended(at), unit=unit), "person"),
        _number(Proposal.objects.filter(code__isnull=False, **here)),
        _number(Program.objects.filter(**here)),
        ArraySubquery(former),
        ArraySubquery(reached.values(step=JSONObject(code=F("code"), name=F("name")))),
    ).get(pk=unit.pk)
    # Above the instansi nothing can be; Django leaves the array out then.
    *facts, steps = found
    return Around._make([*facts, [Step(**step) for step in steps or ()]])


def _number[Row: Model](rows: QuerySet[Row], what: str = "pk") -> Any:
    """How many there are, none of them read; distinct ones."""
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count(what, distinct=True))
    return Coalesce(Subquery(counted.values("number")), 0)
