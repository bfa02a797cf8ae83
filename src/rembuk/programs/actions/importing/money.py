"""The sheets Pagu, Rencana kas and Realisasi."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.common.money import write_amount
from rembuk.programs.actions.importing.outcome import Outcome, Problem
from rembuk.programs.actions.money.budget import (
    is_new_layer,
    refuse_overplanned,
    write_cash,
    write_pagu,
)
from rembuk.programs.actions.money.spend import (
    LONGEST_DESCRIPTION,
    LONGEST_NUMBER,
    Spent,
    write_realisation,
)
from rembuk.programs.actions.steps import Deed
from rembuk.programs.choices import Fund
from rembuk.programs.models import Program
from rembuk.programs.sheets import cells
from rembuk.programs.sheets.book import Book, BookRow
from rembuk.programs.sheets.cells import BadCell
from rembuk.programs.sheets.layout import CASH, PAGU, SPENDINGS

_PAGU = {"pagu_": "jumlah"}
_CASH = {"cash_": "jumlah"}
_SPENT = {
    "fund": "sumber_dana",
    "amount": "jumlah",
    "spent_on": "tanggal",
    "document_number": "nomor_dokumen",
}


def bring_money(program: Program, book: Book, act: Deed, outcome: Outcome) -> None:
    """Write the three sheets of a locked programme, in the order in which they need each other."""
    _bring_pagu(program, book, outcome)
    _bring_cash(program, book, outcome)
    for row in book.of(SPENDINGS):
        with outcome.reading(row, _SPENT):
            _bring_spending(program, row, act, outcome)


def _bring_pagu(program: Program, book: Book, outcome: Outcome) -> None:
    is_new = is_new_layer(program.pagu.all())
    seen: dict[str, int] = {}
    for row in book.of(PAGU):
        with outcome.reading(row, _PAGU):
            fund = cells.choice(row, "sumber_dana", Fund)
            amount = cells.amount(row, "jumlah")
            refuse_again(seen, fund, row, "sumber_dana")
            changes = write_pagu(program, {fund: amount}, is_new=is_new)
            words = f"{Fund(fund).label}: {write_amount(amount)}"
            if changes:
                outcome.write(row, words, changes)
            else:
                outcome.know(row, words)


def _bring_cash(program: Program, book: Book, outcome: Outcome) -> None:
    is_new = is_new_layer(program.cash_plan.all())
    seen: dict[date, int] = {}
    for row in book.of(CASH):
        with outcome.reading(row, _CASH):
            month = cells.month(row, "bulan")
            amount = cells.amount(row, "jumlah")
            refuse_again(seen, month, row, "bulan")
            changes = write_cash(program, {month: amount}, is_new=is_new)
            words = f"{date_format(month, 'F Y')}: {write_amount(amount)}"
            if changes:
                outcome.write(row, words, changes)
            else:
                outcome.know(row, words)
    if book.of(CASH) or book.of(PAGU):
        try:
            refuse_overplanned(program)
        except Invalid as refusal:
            outcome.problems.append(Problem(CASH.name, 0, "jumlah", str(refusal)))


def _bring_spending(program: Program, row: BookRow, act: Deed, outcome: Outcome) -> None:
    spent = Spent(
        fund=cells.choice(row, "sumber_dana", Fund),
        amount=cells.amount(row, "jumlah"),
        spent_on=cells.day(row, "tanggal"),
        document_number=cells.line(row, "nomor_dokumen", LONGEST_NUMBER),
        description=cells.line(row, "uraian", LONGEST_DESCRIPTION, is_needed=False),
    )
    words = f"{spent.document_number}: {write_amount(spent.amount)}"
    if _is_entered(program, spent):
        outcome.know(row, words)
        return
    write_realisation(program, spent, act)
    outcome.write(row, words)


def _is_entered(program: Program, spent: Spent) -> bool:
    """Whether just this payment stands already, so that a sheet can be sent again."""
    found = program.realisations.filter(document_number=spent.document_number, struck_at=None)
    known: tuple[Decimal, date, str] | None = found.values_list("amount", "spent_on", "pagu__fund").first()
    return known == (spent.amount, spent.spent_on, spent.fund)


def refuse_again[Key](seen: dict[Key, int], key: Key, row: BookRow, column: str) -> None:
    """Refuse a row that names what an earlier row of the sheet named.

    Raises:
        BadCell: with the earlier row.
    """
    if key in seen:
        raise BadCell(column, _("This stands in row %(row)s already.") % {"row": seen[key]})
    seen[key] = row.number
