"""The money of many programmes, as columns of their list."""

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from rembuk.programs.models import Pagu, Program, Realisation


def with_money(programs: QuerySet[Program]) -> QuerySet[Program]:
    """The same programmes with ``pagu_sum`` and ``spent_sum``: rupiah of all sources, ``None`` without any."""
    pagu = Pagu.objects.filter(program=OuterRef("pk")).order_by().values("program")
    spent = Realisation.objects.filter(program=OuterRef("pk"), struck_at=None).order_by().values("program")
    return programs.annotate(
        pagu_sum=Subquery(pagu.annotate(total=Sum("amount")).values("total")),
        spent_sum=Subquery(spent.annotate(total=Sum("amount")).values("total")),
    )
