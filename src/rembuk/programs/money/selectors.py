"""The money of a programme as pages read it: few queries, however many entries there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from rembuk.common.clock import local_date
from rembuk.programs.choices import Fund
from rembuk.programs.models import CashPlan, Pagu, Program, Realisation
from rembuk.programs.money.absorption import absorption
from rembuk.programs.money.curve import MonthPoint, PlannedMonth, Spending, money_curve
from rembuk.siteconfig.selectors import current

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Totals:
    """Pagu first and now, and what is spent of it. ``first`` is ``None`` before publication."""

    first: Decimal | None
    pagu: Decimal
    realised: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be spent."""
        return self.pagu - self.realised

    @property
    def absorption(self) -> Decimal | None:
        """Percent spent; ``None`` where the pagu is zero."""
        return absorption(self.realised, self.pagu)


@dataclass(frozen=True, slots=True)
class Line(Totals):
    """The same of one source of funds."""

    fund: str

    @property
    def label(self) -> str:
        """The source in the reader's language."""
        return str(Fund(self.fund).label)


@dataclass(frozen=True, slots=True)
class Money:
    """All money of a programme: totals, each source, the months, and the standing entries, oldest first."""

    totals: Totals
    lines: tuple[Line, ...]
    cash: tuple[PlannedMonth, ...]
    curve: tuple[MonthPoint, ...]
    entries: tuple[Realisation, ...]
    struck: tuple[Realisation, ...]

    @property
    def planned(self) -> Decimal:
        """What the cash plan spreads over the months."""
        return sum((row.amount for row in self.cash), _NOTHING)


def money_of(program: Program, today: date | None = None) -> Money | None:
    """The money of a programme, in three queries; ``None`` while its office has not added this layer.

    ``today`` is the date where the office is, unless told.
    """
    pagu = list(program.pagu.all())
    cash = [PlannedMonth(row.month, row.first_amount, row.amount) for row in program.cash_plan.all()]
    rows = list(program.realisations.select_related("pagu").order_by("spent_on", "id"))
    if not pagu:
        return None
    standing = [row for row in rows if row.struck_at is None]
    lines = tuple(_line(row, standing) for row in pagu)
    spent = [Spending(row.spent_on, row.amount) for row in standing]
    return Money(
        totals=_sum(lines),
        lines=lines,
        cash=tuple(cash),
        curve=money_curve(cash, spent, today or local_date(zone=current().tz)),
        entries=tuple(standing),
        struck=tuple(row for row in rows if row.struck_at is not None),
    )


def totals_of(program_ids: Collection[int]) -> dict[int, Totals]:
    """Pagu and realised money of several programmes, in one query; those without pagu are absent."""
    rows: Iterable[Any] = with_spent(Pagu.objects.filter(program__in=program_ids))
    found: defaultdict[int, list[Totals]] = defaultdict(list)
    for row in rows:
        found[row.program_id].append(Totals(row.first_amount, row.amount, row.spent))
    return {program_id: _sum(parts) for program_id, parts in found.items()}


def with_spent(pagu: QuerySet[Pagu]) -> QuerySet[Pagu]:
    """The same rows with ``spent``: what stands against each."""
    standing = Realisation.objects.filter(pagu=OuterRef("pk"), struck_at=None).order_by()
    total = standing.values("pagu").annotate(total=Sum("amount")).values("total")
    return pagu.annotate(
        spent=Coalesce(Subquery(total), _NOTHING, output_field=DecimalField(max_digits=20, decimal_places=2))
    )


def months_of(program: Program) -> dict[date, CashPlan]:
    """The cash plan by month."""
    return {row.month: row for row in program.cash_plan.all()}


def _line(pagu: Pagu, standing: Iterable[Realisation]) -> Line:
    realised = sum((row.amount for row in standing if row.pagu_id == pagu.pk), _NOTHING)
    return Line(pagu.first_amount, pagu.amount, realised, pagu.fund)


def _sum(parts: Iterable[Totals]) -> Totals:
    rows = list(parts)
    firsts = [row.first for row in rows if row.first is not None]
    return Totals(
        first=sum(firsts, _NOTHING) if firsts else None,
        pagu=sum((row.pagu for row in rows), _NOTHING),
        realised=sum((row.realised for row in rows), _NOTHING),
    )
