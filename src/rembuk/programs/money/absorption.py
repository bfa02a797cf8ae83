"""Absorption: how much of the pagu is spent, in percent. Pure."""

from decimal import ROUND_DOWN, Decimal

_PLACES = Decimal("0.01")


def absorption(realised: Decimal, pagu: Decimal) -> Decimal | None:
    """Realised money in percent of the pagu, to two places; ``None`` where there is no pagu to measure against.

    Cut, not rounded, so that 100 is told only of what is spent to the last sen. Source: P = RA / PA x 100 %
    (PMK 249/PMK.02/2011, annex, penyerapan anggaran; kept in PMK 214/PMK.02/2017).
    """
    if not pagu:
        return None
    return (realised * 100 / pagu).quantize(_PLACES, ROUND_DOWN)
