"""Bringing a workbook in: rehearsed before, then written in one transaction, of a public plan as one revision."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.programs import rules, verbs
from rembuk.programs.actions.importing.indicators import bring_indicators
from rembuk.programs.actions.importing.milestones import bring_milestones
from rembuk.programs.actions.importing.money import bring_money
from rembuk.programs.actions.importing.outcome import Outcome
from rembuk.programs.actions.money.budget import ended_words, settle_plan
from rembuk.programs.actions.steps import Deed, checked_reason, deed, lock
from rembuk.programs.models import Program
from rembuk.programs.sheets.book import Book
from rembuk.programs.sheets.layout import INDICATORS, SPENDINGS
from rembuk.programs.states import OPEN, State


@dataclass(frozen=True, slots=True)
class _Acts:
    """The two acts of an import: planning, and reporting what was spent and measured, where the book has such rows."""

    plan: Deed
    report: Deed


def rehearse_layers(program: Program, book: Book, *, by: Person, at: datetime | None = None) -> Outcome:
    """What a workbook would bring now; everything is tried and nothing kept.

    Raises:
        Denied: without the right.
        WrongState: once the programme is completed or cancelled.
    """
    with transaction.atomic():
        outcome = _bring(program, book, by, "", at)[1]
        transaction.set_rollback(True)
    return outcome


def import_layers(
    program: Program, book: Book, *, reason: str = "", by: Person, at: datetime | None = None
) -> Outcome:
    """Bring a workbook in, whole or not at all: with a problem nothing is written, and the outcome tells which.

    Writes the rows with their audit entries, and what changed of a public plan as one revision with its reason.

    Raises:
        Denied: without the right.
        Invalid: where a public plan changes without a reason.
        WrongState: once the programme is completed or cancelled.
    """
    with transaction.atomic():
        found, outcome, act = _bring(program, book, by, reason, at)
        if outcome.problems:
            transaction.set_rollback(True)
            return outcome
        if outcome.changes:
            checked_reason(reason, needed=found.state != State.DRAFT)
            settle_plan(found, outcome.changes, act, verbs.IMPORTED)
    return outcome


def _bring(
    program: Program, book: Book, by: Person, reason: str, at: datetime | None
) -> tuple[Program, Outcome, Deed]:
    found = lock(program)
    acts = _acts(found, book, by, reason, at)
    outcome = Outcome()
    bring_milestones(found, book, acts.plan, outcome)
    bring_money(found, book, acts.report, outcome)
    bring_indicators(found, book, acts.report, outcome)
    return found, outcome, acts.plan


def _acts(program: Program, book: Book, by: Person, reason: str, at: datetime | None) -> _Acts:
    require(rules.may_plan(program, by))
    if program.state not in {State.DRAFT, *OPEN}:
        raise WrongState(ended_words())
    moment = instant(at)
    planning = izin.PROGRAM_EDIT if program.state == State.DRAFT else izin.PROGRAM_STEER
    plan = deed(program, planning, by=by, moment=moment, reason=checked_reason(reason, needed=False))
    if not (book.of(SPENDINGS) or any(row.get("realisasi") for row in book.of(INDICATORS))):
        return _Acts(plan=plan, report=plan)
    require(rules.may_report(program, by))
    return _Acts(plan=plan, report=deed(program, izin.PROGRAM_REPORT, by=by, moment=moment))
