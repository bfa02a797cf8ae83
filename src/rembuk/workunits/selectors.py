"""Which work units."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, Length
from django.db.models.lookups import LessThanOrEqual

from rembuk.workunits.models import FormerCode, WorkUnit
from rembuk.workunits.tree import segment

# Successors of successors: more than any reorganisation in the life of a site.
_MOST_STEPS = 50
_MOST_WORDS = 8
# So many units are named one by one where rows of all of them are looked for.
FEW = 100
_NONE = Q()


def active_units() -> QuerySet[WorkUnit]:
    """Active units in tree order."""
    return WorkUnit.objects.filter(is_active=True).order_by("path")


def below(unit: WorkUnit) -> QuerySet[WorkUnit]:
    """The unit and everything below it."""
    return WorkUnit.objects.filter(path__startswith=unit.path)


def at_or_below(field: str, code: str) -> Q:
    """Rows whose unit, reached by ``field``, is the one with a code or lies below it; none for a code of no unit.

    They are read first, so that the planner knows how much lies there; many are told by their path.
    """
    top = WorkUnit.objects.filter(code=code).values("path")
    units = WorkUnit.objects.filter(path__startswith=Subquery(top)).order_by("path")
    found = list(units.values_list("pk", "path")[: FEW + 1])
    if len(found) > FEW:
        return Q(**{f"{field}__path__startswith": found[0][1]})
    return Q(**{f"{field}__in": [pk for pk, _path in found]})


def below_any(paths: Sequence[str]) -> QuerySet[WorkUnit]:
    """The units at or below one of these paths."""
    return WorkUnit.objects.filter(reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=[])))


def few_below(paths: Sequence[str]) -> list[int] | None:
    """Keys of the units at or below these paths; ``None`` where they are more than ``FEW``."""
    found = list(below_any(paths).values_list("pk", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None


def root() -> WorkUnit | None:
    """The instansi itself: the first root of that kind, or ``None`` where nobody made one yet."""
    return roots().first()


def roots() -> QuerySet[WorkUnit]:
    """The roots that are an instansi, the first made first; ``root`` is the first of them."""
    return WorkUnit.objects.filter(parent=None, kind=WorkUnit.Kind.INSTANSI).order_by("path")


def ancestors(unit: WorkUnit) -> QuerySet[WorkUnit]:
    """The chain from the root down to the unit's parent."""
    steps = unit.path.rstrip(".").split(".")[:-1]
    return WorkUnit.objects.filter(pk__in=[int(step) for step in steps]).order_by("path")


def top_levels(units: QuerySet[WorkUnit]) -> QuerySet[WorkUnit]:
    """Of these the roots and the units directly below them: where a walk through the whole tree begins.

    Told by the length of their path, so that the index of paths gives the first ones without their parents.
    """
    return units.filter(LessThanOrEqual(Length("path"), 2 * len(segment(0))))


def named(units: QuerySet[WorkUnit], text: str) -> QuerySet[WorkUnit]:
    """Those whose name, short or in full, holds all the words, or whose code begins so."""
    by_name = Q()
    for word in text.split()[:_MOST_WORDS]:
        by_name &= Q(name__icontains=word) | Q(short_name__icontains=word)
    return units.filter(by_name | Q(code__istartswith=text))


def with_below(units: QuerySet[WorkUnit], *, except_for: Q = _NONE) -> QuerySet[WorkUnit]:
    """The same with ``below``: how many active units hang below each, at any depth; asked for the rows read only.

    None are counted below those that ``except_for`` names.
    """
    # Paths are digits and dots, and a colon stands after the digits.
    lower = (
        WorkUnit.objects.filter(
            is_active=True, path__gt=OuterRef("path"), path__lt=Concat(OuterRef("path"), Value(":"))
        )
        .order_by()
        .values(one=Value(1))
        .annotate(number=Count("pk"))
    )
    number = Coalesce(Subquery(lower.values("number"), output_field=IntegerField()), 0)
    return units.annotate(below=Case(When(except_for, then=0), default=number) if except_for else number)


def carrying_on(unit: WorkUnit) -> WorkUnit | None:
    """The unit in use that does the work of this one: itself, else its successor or the successor of that."""
    found: WorkUnit | None = unit
    for _step in range(_MOST_STEPS):
        if found is None or found.is_active:
            return found
        found = found.successor
    return None


def holder_of(code: str) -> WorkUnit | None:
    """The unit, retired ones too, that has this code or had it before."""
    unit = WorkUnit.objects.filter(code=code).first()
    if unit is not None:
        return unit
    former = FormerCode.objects.filter(code=code).select_related("unit").first()
    return former.unit if former else None


def called(text: str, among: QuerySet[WorkUnit]) -> QuerySet[WorkUnit]:
    """Those of which every word of the text stands in the name, the short name or the code, the highest first."""
    for word in text.replace("(", " ").replace(")", " ").split()[:_MOST_WORDS]:
        among = among.filter(
            Q(name__icontains=word) | Q(short_name__icontains=word) | Q(code__icontains=word)
        )
    return among.order_by(Length("path"), "path")


def first_of(among: QuerySet[WorkUnit], own: Sequence[int]) -> QuerySet[WorkUnit]:
    """All of them: first those with these keys, then the highest of the tree."""
    return among.order_by(Case(When(pk__in=own, then=0), default=1), Length("path"), "path")
