"""The sheet Indikator: one row for each period; an indicator is known by its name, a period by its last day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rembuk.programs.actions.importing.money import refuse_again
from rembuk.programs.actions.importing.outcome import Outcome
from rembuk.programs.actions.indicators.define import Target, Words, retarget, write_indicator
from rembuk.programs.actions.indicators.measure import Actual, settle_actuals, write_actual
from rembuk.programs.actions.steps import Deed
from rembuk.programs.choices import Direction, Level
from rembuk.programs.models import Indicator, Program
from rembuk.programs.sheets import cells
from rembuk.programs.sheets.book import Book, BookRow
from rembuk.programs.sheets.layout import INDICATORS

_COLUMNS = {
    "name": "nama",
    "measure": "satuan",
    "level": "tingkat",
    "baseline": "nilai_awal",
    "period": "periode",
    "ends_on": "berakhir",
    "target": "target",
    "actual": "realisasi",
    "source": "sumber_realisasi",
}
# The longest texts that fit, in characters.
LINE, MEASURE, PERIOD = 200, 60, 40
_LEVELS = {"masukan": Level.INPUT, "keluaran": Level.OUTPUT, "hasil": Level.OUTCOME}
_WAYS = {"naik": Direction.UP, "turun": Direction.DOWN}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that was read."""

    row: BookRow
    name: str
    target: Target
    actual: Actual | None


def bring_indicators(program: Program, book: Book, act: Deed, outcome: Outcome) -> None:
    """Write the indicators of a locked programme, their targets and actual values."""
    there = {_key(row.name): row for row in program.indicators.all()}
    seen: dict[tuple[str, date], int] = {}
    measured: dict[int, Indicator] = {}
    made: set[int] = set()
    for row in book.of(INDICATORS):
        with outcome.reading(row, _COLUMNS):
            one = _read(row)
            refuse_again(seen, (_key(one.name), one.target.ends_on), row, "berakhir")
            found = there.get(_key(one.name))
            if found is None:
                found, changes = write_indicator(program, _words(row), [one.target])
                there[_key(one.name)] = found
                made.add(found.pk)
            else:
                changes = retarget(program, found, _merged(found, one.target), is_new=found.pk in made)
            if _report(program, found, one, act):
                measured[found.pk] = found
            elif not changes:
                outcome.know(row, f"{one.name}, {one.target.period}")
                continue
            outcome.write(row, f"{one.name}, {one.target.period}", changes)
    for indicator in measured.values():
        settle_actuals(program, indicator, act)


def _read(row: BookRow) -> _Row:
    target = Target(
        cells.line(row, "periode", PERIOD), cells.day(row, "berakhir"), cells.number(row, "target")
    )
    value = cells.number(row, "realisasi") if row.get("realisasi") else None
    actual = (
        None if value is None else Actual(value, cells.line(row, "sumber_realisasi", LINE, is_needed=False))
    )
    return _Row(row, cells.line(row, "nama", LINE), target, actual)


def _words(row: BookRow) -> Words:
    cells.needed(row, "tingkat")
    return Words(
        level=_LEVELS.get(row.get("tingkat").casefold()) or cells.choice(row, "tingkat", Level),
        name=cells.line(row, "nama", LINE),
        measure=cells.line(row, "satuan", MEASURE),
        direction=_direction(row),
        baseline=cells.number(row, "nilai_awal") if row.get("nilai_awal") else None,
        source=cells.line(row, "sumber", LINE, is_needed=False),
    )


def _direction(row: BookRow) -> str:
    if not row.get("arah"):
        return Direction.UP
    return _WAYS.get(row.get("arah").casefold()) or cells.choice(row, "arah", Direction)


def _merged(indicator: Indicator, new: Target) -> Sequence[Target]:
    """All periods as they stand, with the one that ends on this day as the sheet has it, or added."""
    rows = list(indicator.values.all())
    same = next((row.pk for row in rows if row.ends_on == new.ends_on), None)
    stay = [Target(row.period, row.ends_on, row.target, row.pk) for row in rows if row.ends_on != new.ends_on]
    return [*stay, replace(new, pk=same)]


def _report(program: Program, indicator: Indicator, one: _Row, act: Deed) -> bool:
    if one.actual is None:
        return False
    value = indicator.values.get(ends_on=one.target.ends_on)
    return write_actual(program, indicator, value, one.actual, act)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
