"""From "so many working days ago" to instants, so that at any date the same cases are fresh, due or overdue."""

from datetime import date, datetime, time, timedelta
from random import Random

from rembuk.common.clock import WIB
from rembuk.workdays.clock import is_working_day

_ONE_DAY = timedelta(days=1)
# Minutes of the day between which offices work and citizens write.
_OFFICE, _CITIZEN = (8 * 60 + 5, 15 * 60 + 40), (5 * 60 + 40, 21 * 60 + 30)


class Calendar:
    """Working days around the day of ``now``. Nothing it gives for the past lies after ``now``."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = now.astimezone(WIB).date()
        self._days: dict[int, date] = {}

    def day(self, ago: int) -> date:
        """The ``ago``-th working day before today; 0 is today or the last one before; negative lies ahead."""
        if ago not in self._days:
            self._days[ago] = self._count(ago)
        return self._days[ago]

    def moment(self, ago: int, seed: str, *, office: bool) -> datetime:
        """An instant of that day in office hours, or when citizens write; the same for the same ``seed``."""
        first, last = _OFFICE if office else _CITIZEN
        minute = Random(seed).randint(first, last)  # noqa: S311
        found = datetime.combine(self.day(ago), time(minute // 60, minute % 60), WIB)
        return min(found, self.now - timedelta(minutes=2))

    def between(self, begin: datetime, end: datetime, dice: Random) -> datetime:
        """Some instant in a span, never in the small hours."""
        found = begin + (end - begin) * dice.random()
        return found if found.astimezone(WIB).hour >= 5 else min(found + timedelta(hours=6), end)

    def _count(self, ago: int) -> date:
        step = -_ONE_DAY if ago >= 0 else _ONE_DAY
        day = self.today
        while not is_working_day(day):
            day -= _ONE_DAY
        for _turn in range(abs(ago)):
            day += step
            while not is_working_day(day):
                day += step
        return day
