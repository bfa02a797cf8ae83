"""The figures of a round from its counts: mean and distribution of each element, and splits by region.

Pure. A split that would show fewer than ``LEAST`` people is joined with others, so that nobody is read out of it; where
even the joined rest is too small, it takes in the next smallest, and where that leaves one row there is no split at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rembuk.programs.choices import Survey
from rembuk.programs.evaluation import skm
from rembuk.programs.evaluation.elements import OF
from rembuk.programs.evaluation.skm import Counts

LEAST = 5
NOWHERE = ""
"""The key of those who named no region."""
NONE: Counts = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Rated:
    """An element with its counts of 1 to 4 and its mean."""

    code: str
    counts: Counts
    mean: Fraction


@dataclass(frozen=True, slots=True)
class Split:
    """The people of one or several regions (codes), how many, and their mean over all elements."""

    regions: tuple[str, ...]
    n: int
    mean: Fraction


@dataclass(frozen=True, slots=True)
class Figures:
    """A round of ``n`` people: each element, the mean of all, splits by region (empty: none), the SKM of a public service."""

    n: int
    rated: tuple[Rated, ...]
    mean: Fraction
    splits: tuple[Split, ...]
    skm: skm.Result | None

    def of(self, code: str) -> Rated:
        """The figures of an element."""
        return next(row for row in self.rated if row.code == code)


type ByRegion = Mapping[str, Mapping[str, Counts]]
"""Region code (``NOWHERE`` for none) to element code to counts."""


def figures(survey: str, by_region: ByRegion) -> Figures | None:
    """The figures of a round from its counts by region; ``None`` before anybody rated."""
    codes = [element.code for element in OF[survey]]
    whole = {code: _add(of_one.get(code, NONE) for of_one in by_region.values()) for code in codes}
    n = sum(whole[codes[0]])
    if n == 0:
        return None
    rated = tuple(Rated(code, whole[code], skm.average(whole[code])) for code in codes)
    return Figures(
        n=n,
        rated=rated,
        mean=_mean(whole.values()),
        splits=_splits(by_region, codes[0]),
        skm=skm.survey(whole) if survey == Survey.SKM else None,
    )


def shown(value: Fraction) -> Decimal:
    """A mean as pages show it, two places."""
    return skm.rounded(value)


def _splits(by_region: ByRegion, first: str) -> tuple[Split, ...]:
    sizes = {key: sum(of_one[first]) for key, of_one in by_region.items()}
    order = sorted(sizes, key=lambda key: (-sizes[key], key))
    apart, joined = _parted(order, sizes)
    if not apart:
        return ()
    groups = [(key,) for key in apart] + ([joined] if joined else [])
    if len(groups) == 1:
        return ()
    return tuple(Split(keys, sum(sizes[key] for key in keys), _mean(_of(by_region, keys))) for keys in groups)


def _parted(order: Sequence[str], sizes: Mapping[str, int]) -> tuple[list[str], tuple[str, ...]]:
    """Which stand apart, biggest first, and which are joined: none, or together at least ``LEAST`` people."""
    apart = [key for key in order if sizes[key] >= LEAST]
    joined = [key for key in order if sizes[key] < LEAST]
    while joined and apart and sum(sizes[key] for key in joined) < LEAST:
        joined.insert(0, apart.pop())
    return apart, tuple(joined)


def _of(by_region: ByRegion, keys: Iterable[str]) -> list[Counts]:
    return [counts for key in keys for counts in by_region[key].values()]


def _mean(parts: Iterable[Counts]) -> Fraction:
    return skm.average(_add(parts))


def _add(parts: Iterable[Counts]) -> Counts:
    total = [0, 0, 0, 0]
    for part in parts:
        total = [held + more for held, more in zip(total, part, strict=True)]
    return (total[0], total[1], total[2], total[3])
