"""A quarter or a year as days and instants. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar quarter, or a whole year where ``quarter`` is ``None``."""

    year: int
    quarter: int | None = None

    @property
    def starts_on(self) -> date:
        """The first day."""
        return date(self.year, 3 * (self.quarter or 1) - 2, 1)

    @property
    def ends_on(self) -> date:
        """The last day."""
        return self._after - timedelta(days=1)

    @property
    def code(self) -> str:
        """As codes of reports write it: ``2026-TW3``, a year ``2026``."""
        return f"{self.year}-TW{self.quarter}" if self.quarter else str(self.year)

    @property
    def label(self) -> str:
        """As the official language says it."""
        return f"Triwulan {_ROMAN[self.quarter]} {self.year}" if self.quarter else f"Tahun {self.year}"

    def since(self, zone: tzinfo) -> datetime:
        """The first instant where the office is."""
        return datetime.combine(self.starts_on, time(), zone)

    def until(self, zone: tzinfo) -> datetime:
        """The first instant after it."""
        return datetime.combine(self._after, time(), zone)

    @property
    def _after(self) -> date:
        month = self.starts_on.month + (3 if self.quarter else 12)
        return date(self.year + (month > 12), (month - 1) % 12 + 1, 1)


_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def period_on(day: date) -> Period:
    """The quarter of a day."""
    return Period(day.year, (day.month + 2) // 3)
