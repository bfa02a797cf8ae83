"""The indicators of a programme as pages read them: two queries, however many periods there are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rembuk.programs.choices import Direction, Level
from rembuk.programs.indicators.achievement import achievement
from rembuk.programs.models import Indicator, IndicatorValue, Program


@dataclass(frozen=True, slots=True)
class Period:
    """Target and actual of one period; a missing actual and what follows from it is ``None``."""

    pk: int
    name: str
    ends_on: date
    first_target: Decimal | None
    target: Decimal
    actual: Decimal | None
    achievement: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator with its periods in order, and its achievement: that of the last period with an actual."""

    pk: int
    number: int
    level: str
    name: str
    measure: str
    direction: str
    baseline: Decimal | None
    source: str
    periods: tuple[Period, ...]

    @property
    def level_label(self) -> str:
        """Input, output or outcome, in the reader's language."""
        return str(Level(self.level).label)

    @property
    def direction_label(self) -> str:
        """Which way is better, in the reader's language."""
        return str(Direction(self.direction).label)

    @property
    def latest(self) -> Period | None:
        """The last period that has an actual."""
        reported = [row for row in self.periods if row.actual is not None]
        return max(reported, key=lambda row: row.ends_on, default=None)

    @property
    def achievement(self) -> Decimal | None:
        """Percent of the target of that period; ``None`` while nothing is reported."""
        return self.latest.achievement if self.latest else None


def indicators_of(program: Program) -> tuple[Measure, ...]:
    """The indicators of a programme in their order, in two queries; none while the layer is not added."""
    return tuple(_measure(row) for row in program.indicators.prefetch_related("values"))


def _measure(indicator: Indicator) -> Measure:
    return Measure(
        pk=indicator.pk,
        number=indicator.position,
        level=indicator.level,
        name=indicator.name,
        measure=indicator.measure,
        direction=indicator.direction,
        baseline=indicator.baseline,
        source=indicator.source,
        periods=tuple(_period(indicator, value) for value in indicator.values.all()),
    )


def _period(indicator: Indicator, value: IndicatorValue) -> Period:
    return Period(
        pk=value.pk,
        name=value.period,
        ends_on=value.ends_on,
        first_target=value.first_target,
        target=value.target,
        actual=value.actual,
        achievement=achievement(indicator.direction, value.target, value.actual),
        source=value.source,
    )
