"""Milestones as plain rows for the arithmetic, by hand and drawn."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from rembuk.programs.plan.progress import Stone

FIRST = date(2027, 1, 1)
# A busy machine is slow to draw plans; that says nothing about them.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def stone(key: int, weight: str, ends_on: date, **fields: object) -> Stone:
    """A milestone whose first plan is the current one unless told."""
    values: dict[str, object] = {
        "key": key,
        "phase": 2,
        "weight": Decimal(weight),
        "starts_on": FIRST,
        "ends_on": ends_on,
        "first_weight": Decimal(weight),
        "first_starts_on": FIRST,
        "first_ends_on": ends_on,
    }
    return Stone(**{**values, **fields})  # type: ignore[arg-type]


WEIGHTS = st.decimals(min_value="0.01", max_value="9999.99", places=2)
DAYS = st.integers(min_value=0, max_value=900).map(lambda days: FIRST + timedelta(days=days))


@st.composite
def stones(draw: st.DrawFn, least: int = 0) -> list[Stone]:
    """Up to a dozen milestones in three phases, some done, some dropped, some never in a first plan."""
    rows = []
    for key in range(draw(st.integers(least, 12))):
        ends_on = draw(DAYS)
        is_first = draw(st.booleans())
        is_dropped = draw(st.integers(0, 4)) == 0
        rows.append(
            Stone(
                key=key,
                phase=draw(st.integers(1, 3)),
                weight=draw(WEIGHTS),
                starts_on=FIRST,
                ends_on=ends_on,
                first_weight=draw(WEIGHTS) if is_first else None,
                first_starts_on=FIRST if is_first else None,
                first_ends_on=draw(DAYS) if is_first else None,
                started_on=FIRST,
                done_on=None if is_dropped else draw(st.none() | DAYS),
                is_dropped=is_dropped,
            )
        )
    return rows
