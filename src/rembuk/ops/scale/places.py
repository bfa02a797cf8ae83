"""Where things are proposed: in the villages of one regency, a few of its subdistricts busier than the others."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate

from rembuk.ops.scale.drawing import Draw
from rembuk.regions import loading
from rembuk.regions.models import Level, Region
from rembuk.regions.selectors import at_or_below

PROVINCE, REGENCY = "33", "33.23"
_STEEPNESS = 0.8


@dataclass(slots=True)
class Places:
    """The villages of the regency with their full names, and how likely each is, summed up."""

    subdistricts: list[str] = field(default_factory=list)
    villages: list[tuple[str, str]] = field(default_factory=list)
    bounds: list[float] = field(default_factory=list)

    def village(self, draw: Draw) -> tuple[str, str]:
        """Code and full name of one of them."""
        return draw.choices(self.villages, cum_weights=self.bounds)[0]


def load() -> Places:
    """Load the regions of the province, as ``./rembuk seed regions`` does, and return those of the regency."""
    loading.load({PROVINCE})
    within = Region.objects.filter(at_or_below("code", REGENCY)).order_by("code")
    subdistricts = list(within.filter(level=Level.DISTRICT).values_list("code", flat=True))
    ranks = {code: rank for rank, code in enumerate(subdistricts)}
    villages = list(within.filter(level=Level.VILLAGE).values_list("code", "full_name"))
    around = [code.rpartition(".")[0] for code, _name in villages]
    sizes = Counter(around)
    weights = (1 / (ranks[code] + 1) ** _STEEPNESS / sizes[code] for code in around)
    return Places(subdistricts, villages, list(accumulate(weights)))
