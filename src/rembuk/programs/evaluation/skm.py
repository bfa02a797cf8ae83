"""The public satisfaction survey (SKM) after Permen PANRB 14/2017: index, conversion, grade, and how many to ask.

Pure: counts in, figures out, exact fractions inside. Which weight is used and why: ``docs/decisions/0045-skm.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

LOWEST, HIGHEST = 1, 4
"""The scale of an answer; a higher one is better."""
FACTOR: Final = 25
# Lower bounds of the converted value, rounded to two places: the regulation has no values between 64.99 and 65.00.
GRADES: Final = (("A", Decimal("88.31")), ("B", Decimal("76.61")), ("C", Decimal("65.00")))
WORST: Final = "D"
# Krejcie & Morgan (1970): chi-square of one degree at 95 %, the share that asks for most people, the margin.
CHI_SQUARE, SHARE, MARGIN = Fraction(3841, 1000), Fraction(1, 2), Fraction(5, 100)

type Counts = tuple[int, int, int, int]
"""How often an element got 1, 2, 3 and 4."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element (unsur): its average from 1 to 4 (NRR), and what that adds to the index (NRR tertimbang)."""

    code: str
    average: Fraction
    weighted: Fraction


@dataclass(frozen=True, slots=True)
class Result:
    """The survey of ``n`` people: ``index`` 1 to 4, ``converted`` 25.00 to 100.00, ``grade`` A (best) to D."""

    n: int
    elements: tuple[Element, ...]
    index: Fraction
    converted: Decimal
    grade: str


def survey(counts: Mapping[str, Counts]) -> Result | None:
    """The result of the answers given, each element weighing the same; ``None`` before anybody answered.

    Raises:
        ValueError: without elements, or when they were not all answered by the same number of people.
    """
    if len(sizes := {sum(of_one) for of_one in counts.values()}) != 1:
        raise ValueError("every element is answered by the same people")
    if (n := sizes.pop()) == 0:
        return None
    weight = Fraction(1, len(counts))
    averages = {code: average(of_one) for code, of_one in counts.items()}
    elements = tuple(Element(code, mean, mean * weight) for code, mean in averages.items())
    index = sum((element.weighted for element in elements), Fraction())
    converted = rounded(index * FACTOR)
    return Result(n, elements, index, converted, grade(converted))


def average(counts: Counts) -> Fraction:
    """The mean of answers from 1 to 4.

    Raises:
        ZeroDivisionError: for no answers.
    """
    return Fraction(sum(score * count for score, count in enumerate(counts, LOWEST)), sum(counts))


def grade(converted: Decimal) -> str:
    """Mutu pelayanan of a value from 25.00 to 100.00, with the bounds of the regulation."""
    return next((letter for letter, least in GRADES if converted >= least), WORST)


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """A fraction as people write it, halves up."""
    step = Decimal(1).scaleb(-places)
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)


def sample_size(population: int) -> int:
    """How many of ``population`` users the regulation's table (Krejcie & Morgan) asks to be answered.

    s = X² N P (1 - P) / (d² (N - 1) + X² P (1 - P)), X² = 3.841, P = 0.5, d = 0.05, to the nearest whole; 0 for nobody.
    """
    if population <= 0:
        return 0
    spread = CHI_SQUARE * SHARE * (1 - SHARE)
    return int(rounded(spread * population / (MARGIN**2 * (population - 1) + spread), 0))
