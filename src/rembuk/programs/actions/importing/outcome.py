"""What a workbook brings: rows that are new or change something, rows known already, and what is wrong."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from rembuk.common.errors import Invalid
from rembuk.programs.actions.revise import Change
from rembuk.programs.sheets.book import BookRow
from rembuk.programs.sheets.cells import BadCell


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the workbook and what it does, in words."""

    sheet: str
    row: int
    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where; ``row`` is 0 for a sheet as a whole, ``column`` empty for a whole row."""

    sheet: str
    row: int
    column: str
    words: str


@dataclass(slots=True)
class Outcome:
    """Everything a workbook does. With a problem nothing is written."""

    written: list[Line] = field(default_factory=list)
    known: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def write(self, row: BookRow, words: str, changes: list[Change] | None = None) -> None:
        """Note a row that is written, with what it changes of the plan."""
        self.written.append(Line(row.sheet, row.number, words))
        self.changes += changes or []

    def know(self, row: BookRow, words: str) -> None:
        """Note a row that brings nothing new."""
        self.known.append(Line(row.sheet, row.number, words))

    @contextmanager
    def reading(self, row: BookRow, columns: Mapping[str, str]) -> Iterator[None]:
        """Do something with a row; what it is refused for is noted at its column, and the next row goes on.

        ``columns`` names the column of each field an action may refuse, by the field's beginning.
        """
        try:
            yield
        except BadCell as bad:
            self.problems.append(Problem(row.sheet, row.number, bad.column, bad.words))
        except Invalid as refusal:
            self._refuse(row, refusal, columns)

    def _refuse(self, row: BookRow, refusal: Invalid, columns: Mapping[str, str]) -> None:
        for name, texts in refusal.fields.items() or {"": [refusal.message]}.items():
            column = next((column for start, column in columns.items() if name.startswith(start)), "")
            for text in texts:
                self.problems.append(Problem(row.sheet, row.number, column, str(text)))
