"""Realisation: money that was spent. Entered once, never changed; a wrong entry is struck out with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.common.money import write_amount
from rembuk.common.text import clean_line
from rembuk.files.models import StoredFile
from rembuk.programs import rules, verbs
from rembuk.programs.actions.money.limits import (
    checked_amount,
    database_limits,
    document_words,
    refusal,
)
from rembuk.programs.actions.steps import Deed, add_event, checked_reason, deed, lock, record, today
from rembuk.programs.models import Pagu, Program, Realisation
from rembuk.programs.money.selectors import with_spent
from rembuk.programs.plan.days import refuse_far
from rembuk.programs.states import PUBLIC

# Older than this before the programme's year, a date is a slip of the pen.
OLDEST_YEARS = 5
# In characters.
LONGEST_NUMBER, LONGEST_DESCRIPTION = 100, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """One payment: from which source, how much, when, by which document."""

    fund: str
    amount: Decimal
    spent_on: date
    document_number: str
    description: str = ""
    evidence: StoredFile | None = None


@transaction.atomic
def enter_realisation(
    program: Program, spent: Spent, *, by: Person, at: datetime | None = None
) -> Realisation:
    """Enter money that was spent, in any state of the programme: bills come before and after the work, too.

    Raises:
        Denied: without the right.
        Invalid: for more than is left of the pagu, a day to come, a document number missing or entered before.
    """
    found = lock(program)
    require(rules.may_report(found, by))
    act = deed(found, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    return write_realisation(found, spent, act)


def write_realisation(program: Program, spent: Spent, act: Deed) -> Realisation:
    """Check and write one entry of a locked programme, with its audit entry.

    Raises:
        Invalid: as ``enter_realisation``.
    """
    pagu = _pagu(program, spent.fund)
    _refuse_wrong(program, spent, act)
    number = clean_line(spent.document_number)
    if program.realisations.filter(document_number=number, struck_at=None).exists():
        raise refusal("document_number", document_words())
    refuse_beyond(pagu, spent.amount)
    with database_limits("amount"):
        row = Realisation.objects.create(
            program=program,
            pagu=pagu,
            amount=spent.amount,
            spent_on=spent.spent_on,
            document_number=number,
            description=clean_line(spent.description),
            evidence=spent.evidence,
            by=act.by,
            at=act.moment,
        )
    record(program, verbs.SPENT, act, after=_facts(row))
    return row


@transaction.atomic
def strike_realisation(
    realisation: Realisation, *, reason: str, by: Person, at: datetime | None = None
) -> Realisation:
    """Strike a wrong entry out, with a public reason; it stays readable and no longer counts.

    Raises:
        Denied: without the right.
        Invalid: without a reason.
        WrongState: when it was struck out before.
    """
    program = lock(realisation.program)
    require(rules.may_report(program, by))
    found = Realisation.objects.select_for_update(of=("self",)).select_related("pagu").get(pk=realisation.pk)
    if found.struck_at is not None:
        raise WrongState(_("This entry was struck out already."))
    act = deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at), reason=checked_reason(reason))
    found.struck_at, found.strike_reason = act.moment, act.reason
    found.save(update_fields=["struck_at", "strike_reason"])
    record(program, verbs.STRUCK, act, before=_facts(found))
    if program.state in PUBLIC:
        add_event(program, "strike", act, codes=[found.document_number])
    return found


@transaction.atomic
def attach_evidence(
    realisation: Realisation, file: StoredFile, *, by: Person, at: datetime | None = None
) -> Realisation:
    """Add the evidence that an entry lacks; what is there already stays.

    Raises:
        Denied: without the right.
        WrongState: when it has evidence, or is struck out.
    """
    program = lock(realisation.program)
    require(rules.may_report(program, by))
    found = Realisation.objects.select_for_update(of=("self",)).get(pk=realisation.pk)
    if found.evidence_id is not None or found.struck_at is not None:
        raise WrongState(_("This entry has its evidence already, or was struck out."))
    act = deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    found.evidence = file
    found.save(update_fields=["evidence"])
    facts = {"document_number": found.document_number, "file": str(file.public_id)}
    record(program, verbs.SPENDING_PROVEN, act, after=facts)
    return found


def refuse_beyond(pagu: Pagu, amount: Decimal) -> None:
    """Refuse more than is left of a pagu, telling how much is.

    Raises:
        Invalid: for more.
    """
    held: Any = with_spent(Pagu.objects.filter(pk=pagu.pk)).get()
    left = held.amount - held.spent
    if amount > left:
        words = {"left": write_amount(left), "pagu": write_amount(held.amount)}
        message = _("Only %(left)s of the pagu of %(pagu)s is left. Revise the pagu first.") % words
        raise refusal("amount", message)


def _pagu(program: Program, fund: str) -> Pagu:
    pagu = program.pagu.filter(fund=fund).first()
    if pagu is None:
        raise refusal("fund", _("This work programme has no pagu from that source of funds."))
    return pagu


def _refuse_wrong(program: Program, spent: Spent, act: Deed) -> None:
    checked_amount(spent.amount, "amount")
    if not spent.amount:
        raise refusal("amount", _("Nothing was spent. Give an amount above zero."))
    if spent.spent_on > today(act.moment):
        raise refusal("spent_on", _("This day is still to come. Enter what was really spent."))
    refuse_far({"spent_on": spent.spent_on})
    if spent.spent_on.year < program.year - OLDEST_YEARS:
        raise refusal("spent_on", _("This day lies long before the work programme. Check the year."))
    number = clean_line(spent.document_number)
    if not number:
        raise refusal("document_number", _("Give the number of the document, such as the SP2D."))
    _refuse_long("document_number", number, LONGEST_NUMBER)
    _refuse_long("description", clean_line(spent.description), LONGEST_DESCRIPTION)


def _refuse_long(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise refusal(field, _("At most %(most)s characters fit here.") % {"most": most})


def _facts(row: Realisation) -> dict[str, str]:
    return {
        "document_number": row.document_number,
        "fund": row.pagu.fund,
        "amount": f"{row.amount:.2f}",
        "spent_on": row.spent_on.isoformat(),
    }
