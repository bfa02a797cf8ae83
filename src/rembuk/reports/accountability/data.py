"""The figures of a unit and all below it in a quarter or year, as JSON: what an accountability report keeps.

Counted over the stretch where the data know when it happened (received, decided, answered, paid); states, conditions
and overdue answers are those of the moment of reading, which the report names. Decimals are text, days ISO.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Q, Sum

from rembuk.common.clock import local_date
from rembuk.insights import periods as insights
from rembuk.insights.consultations import consultations_within
from rembuk.insights.figures import three_figures
from rembuk.programs import selectors as programs
from rembuk.programs.models import Program, Realisation
from rembuk.programs.money.absorption import absorption
from rembuk.programs.money.selectors import Totals, totals_of
from rembuk.programs.plan.condition import Condition
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import Measured, measured
from rembuk.reports.evaluation.data import text
from rembuk.reports.periods import Period
from rembuk.siteconfig.selectors import current
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import root

type Data = dict[str, Any]

# Programmes named in a report; all are counted.
MOST_PROGRAMS = 1000
_ORDER = [Condition.CRITICAL, Condition.LATE, Condition.ON_TIME]


def snapshot(unit: WorkUnit, period: Period, at: datetime) -> Data:
    """Everything the report shows, read now, in a bounded number of statements.

    The instansi's own report counts what lies with no unit, too.
    """
    whole = root()
    is_whole = whole is not None and whole.pk == unit.pk
    zone = current().tz
    since, until = period.since(zone), period.until(zone)
    path = None if is_whole else unit.path
    return {
        "at": at.isoformat(),
        "today": local_date(at, zone).isoformat(),
        "unit": unit.name,
        "is_whole": is_whole,
        "is_over": until <= at,
        "period": period.label,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "proposals": _proposals(path, since, until),
        "answers": _answers(None if is_whole else unit, path, (since, until), at),
        **_programs(path, period, (since, until), at),
        "consultations": _consultations(path, since, until, at),
    }


def _proposals(path: str | None, since: datetime, until: datetime) -> Data:
    found = insights.received(path, since, until)
    return {
        "n": found.n,
        "by_way": [[source, channel, n] for (source, channel), n in sorted(found.by_way.items())],
        "by_state": dict(sorted(found.by_state.items())),
        "decisions": insights.decisions(path, since, until),
    }


def _answers(unit: WorkUnit | None, path: str | None, span: tuple[datetime, datetime], at: datetime) -> Data:
    since, until = span
    figures = three_figures(unit, since=since, until=until)
    given = insights.answers(path, since, until)
    return {
        "heard": figures.heard,
        "considered": figures.considered,
        "considered_percent": figures.considered_percent,
        "considered_days": figures.considered_days,
        "explained": figures.explained,
        "explained_percent": figures.explained_percent,
        "explained_days": figures.explained_days,
        "unreachable": figures.unreachable,
        "given": given.n,
        "by_kind": given.by_kind,
        "late": given.late,
        "days": given.days,
        "overdue": insights.overdue_now(path, at),
    }


def _programs(path: str | None, period: Period, span: tuple[datetime, datetime], at: datetime) -> Data:
    """Programmes that were public in the stretch: published before its end, and not ended before its beginning."""
    since, until = span
    rows = programs.listed().filter(Q(ended_at=None) | Q(ended_at__gte=since), published_at__lt=until)
    rows = rows.filter(unit__path__startswith=path) if path else rows
    found = list(rows.select_related("unit").order_by("code"))
    ids = [row.pk for row in found]
    standings = measured(ids, local_date(at, current().tz), thresholds())
    totals = totals_of(ids)
    return {
        "programs": {
            "n": len(found),
            "by_state": _counted([row.state for row in found]),
            "by_condition": _counted([str(one.condition) for one in standings.values()]),
            "late_days": late_days([standing.days for standing in standings.values()]),
            "started": sum(since <= row.published_at < until for row in found if row.published_at),
            "ended": sum(since <= row.ended_at < until for row in found if row.ended_at),
            "rows": _named(found, standings, totals)[:MOST_PROGRAMS],
        },
        "money": _money(ids, totals, period),
    }


def late_days(days: Sequence[int]) -> Data | None:
    """How many programmes are late, with the median (of an even number the middle of both, in whole days) and the most;
    ``None`` when none is.
    """
    late = [one for one in days if one > 0]
    return {"n": len(late), "median": round(median(late)), "most": max(late)} if late else None


def _counted(values: Sequence[str]) -> dict[str, int]:
    return {value: values.count(value) for value in sorted(set(values))}


def _named(found: Sequence[Program], standings: dict[int, Measured], totals: dict[int, Totals]) -> list[Data]:
    """The programmes by name, those that are behind first."""

    def place(row: Program) -> tuple[int, int, str]:
        one = standings.get(row.pk)
        return (_ORDER.index(one.condition) if one else len(_ORDER), -one.days if one else 0, row.code)

    return [_program(row, standings.get(row.pk), totals.get(row.pk)) for row in sorted(found, key=place)]


def _program(row: Program, standing: Measured | None, totals: Totals | None) -> Data:
    return {
        "code": row.code,
        "title": row.title,
        "unit": row.unit.label,
        "state": row.state,
        "condition": standing.condition if standing else None,
        "planned": text(standing.planned) if standing else None,
        "actual": text(standing.actual) if standing else None,
        "days": standing.days if standing else 0,
        "pagu": text(totals.pagu) if totals else None,
        "realised": text(totals.realised) if totals else None,
    }


def _money(ids: Sequence[int], totals: dict[int, Totals], period: Period) -> Data | None:
    """Pagu as it is now; what was spent in the stretch, and from the beginning to its end. ``None`` without a pagu."""
    if not totals:
        return None
    standing = Realisation.objects.filter(program__in=ids, struck_at=None, spent_on__lte=period.ends_on)
    within = Q(spent_on__gte=period.starts_on)
    sums = standing.aggregate(so_far=Sum("amount"), within=Sum("amount", filter=within))
    so_far = sums["so_far"] or Decimal("0.00")
    pagu = sum((one.pagu for one in totals.values()), Decimal("0.00"))
    firsts = [one.first for one in totals.values() if one.first is not None]
    return {
        "programs": len(totals),
        "first": text(sum(firsts, Decimal("0.00"))),
        "pagu": text(pagu),
        "within": text(sums["within"] or Decimal("0.00")),
        "so_far": text(so_far),
        "absorption": text(absorption(so_far, pagu)),
    }


def _consultations(path: str | None, since: datetime, until: datetime, at: datetime) -> Data:
    found = consultations_within(path, since, until, at)
    return {
        "n": found.consultations,
        "heard": found.heard,
        "considered": found.considered,
        "explained": found.explained,
        "unreachable": found.unreachable + found.offline_answered,
        "overdue": found.overdue,
    }
