"""Actual values of indicators by period, each with its source; every change keeps the old value in the trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, NotVisible, WrongState, require
from rembuk.common.text import clean_line
from rembuk.programs import rules, verbs
from rembuk.programs.actions.indicators.numbers import checked_number, refusal, text_of
from rembuk.programs.actions.steps import Deed, add_event, deed, lock, record
from rembuk.programs.models import Indicator, IndicatorValue, Program
from rembuk.programs.states import PUBLIC, State


@dataclass(frozen=True, slots=True)
class Actual:
    """What was reached in a period and where that is known from; ``None`` takes a wrong value back."""

    value: Decimal | None
    source: str = ""


@transaction.atomic
def report_actuals(
    indicator: Indicator, actuals: Mapping[int, Actual], *, by: Person, at: datetime | None = None
) -> int:
    """Set actual values, by the key of their period; returns how many changed.

    Writes an audit entry with old and new for each change, and one line of the public history.

    Raises:
        Denied: without the right.
        Invalid: for a value without source, or no change at all.
        NotVisible: for a period of another indicator.
        WrongState: for a cancelled programme.
    """
    program = lock(indicator.program)
    require(rules.may_report(program, by))
    if program.state == State.CANCELLED:
        raise WrongState(_("The work programme is cancelled. Its indicators are no longer measured."))
    act = deed(program, izin.PROGRAM_REPORT, by=by, moment=instant(at))
    rows = {row.pk: row for row in indicator.values.select_for_update()}
    if not set(actuals) <= set(rows):
        raise NotVisible
    changed = sum(write_actual(program, indicator, rows[pk], new, act) for pk, new in actuals.items())
    if not changed:
        raise Invalid(_("No value differs from the present one."))
    settle_actuals(program, indicator, act)
    return changed


def write_actual(program: Program, indicator: Indicator, row: IndicatorValue, new: Actual, act: Deed) -> bool:
    """Write one value of a locked programme with its audit entry; whether it changed.

    Raises:
        Invalid: for a value without source.
    """
    source = clean_line(new.source) if new.value is not None else ""
    if (row.actual, row.source) == (new.value, source):
        return False
    if new.value is not None:
        checked_number(new.value, f"actual_{row.pk}")
        if not source:
            raise refusal(f"source_{row.pk}", _("Say where the value is known from."))
    about = {"indicator": indicator.name, "period": row.period}
    before = {**about, "actual": text_of(row.actual), "source": row.source}
    row.actual, row.source = new.value, source
    row.by, row.at = act.by, act.moment
    row.save(update_fields=["actual", "source", "by", "at"])
    after = {**about, "actual": text_of(row.actual), "source": row.source}
    record(program, verbs.MEASURED, act, before=before, after=after)
    return True


def settle_actuals(program: Program, indicator: Indicator, act: Deed) -> None:
    """One line of the public history for all values reported at once."""
    if program.state in PUBLIC:
        add_event(program, "measure", act, codes=[indicator.name])
