"""Money and indicators of a programme of the texts: planned, spent, struck out, measured.

Amounts in the texts are rupiah as text; what is planned by month follows a smooth curve, slow at both ends.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import override

from rembuk.common.clock import local_date
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.drawing import papers
from rembuk.ops.demo.plays.undertaking import Step, Undertaking
from rembuk.programs.actions.indicators import define, measure
from rembuk.programs.actions.money import budget, spend

# Planned amounts of a month are rounded to this.
_ROUND = Decimal(100_000)


def _money(work: Undertaking, step: Entry, at: datetime) -> None:
    """Pagu by source, and all of it spread over the months between two days."""
    pagu = {fund: Decimal(amount) for fund, amount in step["pagu"].items()}
    cash = {}
    if "months" in step:
        begin, end = (work.world.calendar.day(ago) for ago in step["months"])
        kept = dict(work.program.pagu.values_list("fund", "amount"))
        planned = sum({**kept, **pagu}.values(), Decimal(0))
        cash = _spread(planned, _months(begin, end))
    budget.plan_money(
        work.program, budget.Budget(pagu=pagu, cash=cash), reason=step.get("text", ""), by=work.manager, at=at
    )


def _months(begin: date, end: date) -> list[date]:
    months = [begin.replace(day=1)]
    while (last := months[-1]) < end.replace(day=1):
        months.append(date(last.year + last.month // 12, last.month % 12 + 1, 1))
    return months


def _spread(amount: Decimal, months: list[date]) -> dict[date, Decimal]:
    """A whole amount over months by the curve 3t² - 2t³, which is slow at both ends."""
    parts = {}
    spent = Decimal(0)
    for number, month in enumerate(months, start=1):
        done = Decimal(number) / len(months)
        until = amount * (3 * done**2 - 2 * done**3)
        until = amount if number == len(months) else until // _ROUND * _ROUND
        parts[month] = until - spent
        spent = until
    return parts


def _spend(work: Undertaking, step: Entry, at: datetime) -> None:
    day = local_date(at)
    spent = spend.Spent(
        fund=step.get("fund", "apbd"),
        amount=Decimal(step["amount"]),
        spent_on=day,
        document_number=f"{step['number']}/SP2D/LS/{day.year}",
        description=step["text"],
        evidence=work.stored(papers.paper(f"Kuitansi {step['text']}", step["lines"], step["name"]), at)
        if "name" in step
        else None,
    )
    spend.enter_realisation(work.program, spent, by=work.manager, at=at)


def _strike(work: Undertaking, step: Entry, at: datetime) -> None:
    found = work.program.realisations.get(
        document_number__startswith=f"{step['number']}/", struck_at__isnull=True
    )
    spend.strike_realisation(found, reason=step["text"], by=work.manager, at=at)


def _indicator(work: Undertaking, step: Entry, at: datetime) -> None:
    ends = ends_of_months([work.world.calendar.day(ago) for ago, _value in step["targets"]])
    targets = [_target(last, value) for last, (_ago, value) in zip(ends, step["targets"], strict=True)]
    words = define.Words(
        level=step["level"],
        name=step["name"],
        measure=step["measure"],
        direction=step.get("direction", "up"),
        baseline=Decimal(step["baseline"]) if "baseline" in step else None,
        source=step.get("source", ""),
    )
    define.add_indicator(work.program, words, targets, reason=step.get("text", ""), by=work.manager, at=at)


def ends_of_months(days: Sequence[date]) -> list[date]:
    """The last day of the month of each; of two in one month the later one takes the month after."""
    ends: list[date] = []
    for day in days:
        last = _end_of_month(day)
        while last in ends:
            last = _end_of_month(last + timedelta(days=1))
        ends.append(last)
    return ends


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _target(last: date, value: str) -> define.Target:
    with override("id"):
        period = date_format(last, "F Y")
    return define.Target(period, last, Decimal(value))


def _measure(work: Undertaking, step: Entry, at: datetime) -> None:
    """``values`` in the order of the periods, from the first."""
    found = work.program.indicators.get(position=step["indicator"])
    periods = found.values.values_list("pk", flat=True)
    actuals = {
        pk: measure.Actual(Decimal(value), step["source"])
        for pk, value in zip(periods, step["values"], strict=False)
    }
    measure.report_actuals(found, actuals, by=work.manager, at=at)


STEPS: dict[str, Step] = {
    "money": _money,
    "spend": _spend,
    "strike": _strike,
    "indicator": _indicator,
    "measure": _measure,
}
