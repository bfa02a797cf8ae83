"""Achievement of an indicator: the actual value against the target, in percent. Pure.

Source: Permen PANRB 8/2021 (Sistem Manajemen Kinerja PNS), formulas of "capaian": normal condition, actual
divided by target; special condition (lower is better), 1 + (1 - actual / target); the same two formulas as in
performance reports (LKjIP) after Keputusan Kepala LAN 239/IX/6/8/2003.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from rembuk.programs.choices import Direction

FULL = Decimal(100)
_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Measured:
    """Target and actual of a period that ends on a day; a missing actual stays ``None``."""

    ends_on: date
    target: Decimal
    actual: Decimal | None


def achievement(direction: str, target: Decimal, actual: Decimal | None) -> Decimal | None:
    """Percent of the target reached, to two places, never below 0; ``None`` while the actual is missing.

    Over a target of zero there is no ratio: it is reached (100) or not (0). For a negative target the distance
    is measured against its size, so that better is always more; for positive ones this is the formula itself.
    """
    if actual is None:
        return None
    better = actual - target if direction == Direction.UP else target - actual
    if not target:
        return FULL.quantize(_PLACES) if better >= 0 else Decimal().quantize(_PLACES)
    reached = FULL + better * FULL / abs(target)
    return max(Decimal(), reached).quantize(_PLACES, ROUND_HALF_UP)


def whole_achievement(direction: str, values: Iterable[Measured]) -> Decimal | None:
    """The achievement of the last period that has an actual; ``None`` while none has."""
    last = latest(values)
    return achievement(direction, last.target, last.actual) if last else None


def latest(values: Iterable[Measured]) -> Measured | None:
    """The last period with an actual."""
    return max((row for row in values if row.actual is not None), key=lambda row: row.ends_on, default=None)
