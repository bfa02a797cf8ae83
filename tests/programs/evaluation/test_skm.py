"""The SKM: examples worked out by hand, the regulation's bounds, and what holds whatever people answer."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.programs.choices import Survey
from rembuk.programs.evaluation import elements, skm

CODES = [element.code for element in elements.SKM]
# At least one answer, the same number for each of the nine: people as rows of nine scores.
sheets = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=1, max_size=40)


def counted(rows: list[list[int]]) -> dict[str, skm.Counts]:
    """Counts of 1 to 4 of each element."""
    columns = list(zip(*rows, strict=True))
    return {
        code: (column.count(1), column.count(2), column.count(3), column.count(4))
        for code, column in zip(CODES, columns, strict=True)
    }


def test_survey_of_two_people_is_what_a_pencil_gives() -> None:
    # U1 to U9, added by hand: 7 7 5 8 6 7 7 6 6; each over two people: 3.5 3.5 2.5 4 3 3.5 3.5 3 3 = 29.5.
    # Index 29.5 / 9 = 3.2777…, times 25 = 81.944… -> 81.94, which is B (76.61 to 88.30).
    result = skm.survey(counted([[3, 4, 2, 4, 3, 3, 4, 3, 3], [4, 3, 3, 4, 3, 4, 3, 3, 3]]))
    assert result is not None
    assert [element.average for element in result.elements] == [
        Fraction(score, 2) for score in (7, 7, 5, 8, 6, 7, 7, 6, 6)
    ]
    assert result.index == Fraction(59, 18)
    assert (result.n, result.converted, result.grade) == (2, Decimal("81.94"), "B")
    # NRR tertimbang of U1: 3.5 / 9 = 0.38888…
    assert skm.rounded(result.elements[0].weighted, 4) == Decimal("0.3889")


@pytest.mark.parametrize(
    ("score", "converted", "grade"),
    [(1, "25.00", "D"), (2, "50.00", "D"), (3, "75.00", "C"), (4, "100.00", "A")],
)
def test_survey_of_one_answer_throughout_reaches_the_ends_of_the_scale(
    score: int, converted: str, grade: str
) -> None:
    result = skm.survey(counted([[score] * 9] * 7))
    assert result is not None
    assert (result.converted, result.grade) == (Decimal(converted), grade)


@pytest.mark.parametrize(
    ("converted", "letter"),
    [
        ("25.00", "D"),
        ("64.99", "D"),
        ("65.00", "C"),
        ("76.60", "C"),
        ("76.61", "B"),
        ("88.30", "B"),
        ("88.31", "A"),
        ("100.00", "A"),
    ],
)
def test_grade_has_the_bounds_of_the_regulation(converted: str, letter: str) -> None:
    assert skm.grade(Decimal(converted)) == letter


@pytest.mark.parametrize(
    ("index", "converted"),
    [("2.5996", "64.99"), ("2.60", "65.00"), ("3.064", "76.60"), ("3.0644", "76.61"), ("3.532", "88.30")],
)
def test_index_bounds_of_the_regulation_are_the_converted_ones(index: str, converted: str) -> None:
    assert skm.rounded(Fraction(index) * skm.FACTOR) == Decimal(converted)


def test_survey_in_a_gap_of_the_table_is_rounded_before_it_is_graded() -> None:
    # 2.5998 lies between 2.5996 (D) and 2.60 (C); times 25 it is 64.995, written 65.00.
    assert skm.grade(skm.rounded(Fraction("2.5998") * skm.FACTOR)) == "C"


# Rows of the table of Krejcie & Morgan (1970), which the regulation prints.
@pytest.mark.parametrize(
    ("population", "sample"),
    [
        (0, 0),
        (1, 1),
        (10, 10),
        (15, 14),
        (50, 44),
        (100, 80),
        (200, 132),
        (500, 217),
        (1000, 278),
        (2000, 322),
        (5000, 357),
        (10000, 370),
        (50000, 381),
        (1000000, 384),
    ],
)
def test_sample_size_is_that_of_the_table(population: int, sample: int) -> None:
    assert skm.sample_size(population) == sample


@given(st.integers(1, 5_000_000))
def test_sample_size_never_exceeds_the_population_and_never_falls(population: int) -> None:
    assert 1 <= skm.sample_size(population) <= min(population, 384)
    assert skm.sample_size(population) <= skm.sample_size(population + 1)


@given(sheets)
def test_survey_stays_on_the_scale_and_its_parts_add_up(rows: list[list[int]]) -> None:
    result = skm.survey(counted(rows))
    assert result is not None
    assert result.n == len(rows)
    assert 1 <= result.index <= 4
    assert Decimal(25) <= result.converted <= Decimal(100)
    assert sum(element.weighted for element in result.elements) == result.index
    assert result.index == Fraction(sum(map(sum, rows)), 9 * len(rows))


@given(sheets, st.data())
def test_survey_does_not_depend_on_the_order_of_people(rows: list[list[int]], data: st.DataObject) -> None:
    assert skm.survey(counted(data.draw(st.permutations(rows)))) == skm.survey(counted(rows))


@given(sheets, st.integers(0, 39), st.integers(0, 8))
def test_survey_never_falls_when_one_answer_gets_better(rows: list[list[int]], who: int, which: int) -> None:
    better = [list(row) for row in rows]
    chosen = better[who % len(rows)]
    chosen[which] = min(4, chosen[which] + 1)
    before, after = skm.survey(counted(rows)), skm.survey(counted(better))
    assert before is not None
    assert after is not None
    assert after.index >= before.index
    assert after.grade <= before.grade


def test_survey_of_nobody_is_nothing() -> None:
    assert skm.survey(dict.fromkeys(CODES, (0, 0, 0, 0))) is None


@pytest.mark.parametrize("counts", [{}, {"u1": (1, 0, 0, 0), "u2": (0, 2, 0, 0)}])
def test_survey_of_unlike_numbers_is_refused(counts: dict[str, skm.Counts]) -> None:
    with pytest.raises(ValueError, match="same people"):
        skm.survey(counts)


def test_elements_are_the_nine_of_the_regulation_and_three_of_the_short_rating() -> None:
    assert [f"u{number}" for number in range(1, 10)] == CODES
    assert [element.code for element in elements.SHORT] == ["benefit", "quality", "openness"]
    assert set(elements.OF) == set(Survey.values)
