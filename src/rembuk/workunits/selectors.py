"""Which work units."""

from django.db.models import QuerySet

from rembuk.workunits.models import WorkUnit


def active_units() -> QuerySet[WorkUnit]:
    """Active units in tree order."""
    return WorkUnit.objects.filter(is_active=True).order_by("path")


def below(unit: WorkUnit) -> QuerySet[WorkUnit]:
    """The unit and everything below it."""
    return WorkUnit.objects.filter(path__startswith=unit.path)


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
