"""What a cell says: days, months, rupiah, numbers, words of a closed list. A cell that says nothing of it is a fault."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Choices
from django.utils.translation import gettext as _
from django.utils.translation import override

from rembuk.common.errors import Words
from rembuk.common.money import read_amount
from rembuk.common.numbers import read_number
from rembuk.common.text import clean_line
from rembuk.programs.plan.days import day_fault
from rembuk.programs.sheets.book import BookRow

_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_MONTH = re.compile(r"(20\d\d)-(\d{1,2})|(\d{1,2})/(20\d\d)", re.ASCII)
_SHOWN = 40


class BadCell(Exception):
    """A cell that can't be used: its column, and why, for people."""

    def __init__(self, column: str, words: Words) -> None:
        super().__init__(str(words))
        self.column, self.words = column, str(words)


def needed(row: BookRow, column: str) -> str:
    """The text of a cell that may not be empty.

    Raises:
        BadCell: when it is.
    """
    text = row.get(column)
    if not text:
        raise BadCell(column, _("This cell is empty."))
    return text


def line(row: BookRow, column: str, most: int, *, is_needed: bool = True) -> str:
    """The text of a cell in one line, that fits whole.

    Raises:
        BadCell: when it is empty although it is needed, or too long.
    """
    text = clean_line(needed(row, column) if is_needed else row.get(column))
    if len(text) > most:
        words = {"length": len(text), "most": most}
        raise BadCell(column, _("This text has %(length)s characters; at most %(most)s fit here.") % words)
    return text


def day(row: BookRow, column: str) -> date:
    """The day of a cell.

    Raises:
        BadCell: when there is none, or its year is mistyped.
    """
    return _near(
        column, _read(row, column, _day, _("“%(text)s” is not a day. Write 31/12/2027 or 2027-12-31."))
    )


def month(row: BookRow, column: str) -> date:
    """The first day of the month of a cell.

    Raises:
        BadCell: when there is none, or its year is mistyped.
    """
    return _near(
        column, _read(row, column, _month, _("“%(text)s” is not a month. Write 2027-03 or 03/2027."))
    )


def amount(row: BookRow, column: str) -> Decimal:
    """The rupiah of a cell.

    Raises:
        BadCell: when there are none.
    """
    return _read(
        row, column, read_amount, _("“%(text)s” is not an amount in rupiah. Write 1500000 or 1,5 M.")
    )


def number(row: BookRow, column: str) -> Decimal:
    """The number of a cell.

    Raises:
        BadCell: when there is none.
    """
    return _read(row, column, read_number, _("“%(text)s” is not a number. Write 1.250,5."))


def choice(row: BookRow, column: str, among: type[Choices]) -> str:
    """The value of a closed list that a cell names, in either language or by its code.

    Raises:
        BadCell: for any other word.
    """
    known = words_of(among)
    fault = _("“%(text)s” is not one of the words of the template.")
    return _read(row, column, lambda text: known[text.casefold()], fault)


def words_of(among: type[Choices]) -> dict[str, str]:
    """Each word a value goes by, in small letters, to the value."""
    found: dict[str, str] = {}
    for language in ("en", "id"):
        with override(language):
            found |= {str(label).casefold(): str(value) for value, label in among.choices}
    return found | {str(value).casefold(): str(value) for value in among.values}


def _read[Read](row: BookRow, column: str, read: Callable[[str], Read], words: str) -> Read:
    text = needed(row, column)
    try:
        return read(text)
    except (ValueError, KeyError) as error:
        raise BadCell(column, words % {"text": text[:_SHOWN]}) from error


def _near(column: str, found: date) -> date:
    if fault := day_fault(found):
        raise BadCell(column, fault)
    return found


def _day(text: str) -> date:
    for shape in _DAYS:
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    raise ValueError(text)


def _month(text: str) -> date:
    match = _MONTH.fullmatch(text)
    if match is None:
        return _day(text).replace(day=1)
    year, number_of_month = (match[1], match[2]) if match[1] else (match[4], match[3])
    return date(int(year), int(number_of_month), 1)
