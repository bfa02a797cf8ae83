"""Which months the form of the cash plan offers."""

from collections.abc import Collection
from datetime import date
from itertools import islice

from rembuk.programs.models import Program
from rembuk.programs.money.curve import months_between

MOST = 60


def months_offered(program: Program, known: Collection[date]) -> list[date]:
    """From the first to the last month of the planned phases and the present cash plan; else the programme's year.

    At most five years, from the first on.
    """
    days = [
        day
        for phase in program.phases.all()
        for day in (phase.planned_start_on, phase.planned_end_on)
        if day is not None
    ]
    months = [day.replace(day=1) for day in [*days, *known]]
    if not months:
        months = [date(program.year, 1, 1), date(program.year, 12, 1)]
    return sorted({*islice(months_between(min(months), max(months)), MOST), *known})
