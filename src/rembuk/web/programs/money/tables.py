"""Money as the components of the desk take it: tables, payments, the question before striking one out."""

from collections.abc import Iterable
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.programs import rules
from rembuk.programs.choices import Fund
from rembuk.programs.models import Program, Realisation
from rembuk.programs.money.selectors import Money
from rembuk.programs.states import OPEN, State
from rembuk.web.components.formats import percent, rupiah

type Row = dict[str, Any]


def may_plan(program: Program, by: Person) -> bool:
    """Whether a layer of the plan can be changed now, and by her."""
    return program.state in {State.DRAFT, *OPEN} and bool(rules.may_plan(program, by).ok)


def overview(money: Money | None) -> Row:
    """Totals, sources and months; nothing while the layer is not there."""
    if money is None:
        return {"totals": None, "sources": None, "months": None, "unplanned": None}
    rest = money.totals.pagu - money.planned
    return {
        "totals": money.totals,
        "sources": _sources(money),
        "months": _months(money) if money.cash else None,
        "unplanned": rest if money.cash and rest else None,
    }


def _sources(money: Money) -> Row:
    heads = [_("First plan"), _("Pagu"), _("Spent"), _("Left"), _("Absorption")]
    return {
        "caption": _("Pagu by source of funds"),
        "columns": [{"label": _("Source of funds")}, *({"label": head, "kind": "num"} for head in heads)],
        "rows": [
            [
                row.label,
                rupiah(row.first),
                rupiah(row.pagu),
                rupiah(row.realised),
                rupiah(row.left),
                percent(row.absorption, 2),
            ]
            for row in money.lines
        ],
    }


def _months(money: Money) -> Row:
    heads = [_("First plan"), _("Planned"), _("Planned up to then"), _("Spent up to then")]
    by_month = {row.month: row for row in money.cash}
    return {
        "caption": _("Cash plan by month"),
        "columns": [{"label": _("Month")}, *({"label": head, "kind": "num"} for head in heads)],
        "rows": [
            [
                date_format(point.month, "F Y"),
                rupiah(by_month[point.month].first if point.month in by_month else None),
                rupiah(by_month[point.month].amount if point.month in by_month else None),
                rupiah(point.planned),
                rupiah(point.actual),
            ]
            for point in money.curve
        ],
    }


def entries(program: Program, rows: Iterable[Realisation]) -> list[Row]:
    """Payments with their addresses."""
    return [_entry(program, row) for row in rows]


def _entry(program: Program, row: Realisation) -> Row:
    where = [program.code, row.public_id]
    return {
        "number": row.document_number,
        "amount": row.amount,
        "spent_on": row.spent_on,
        "fund": Fund(row.pagu.fund).label,
        "description": row.description,
        "struck_at": row.struck_at,
        "strike_reason": row.strike_reason,
        "evidence_url": reverse("desk_programs:spend_evidence", args=where) if row.evidence_id else "",
        "prove_url": "" if row.evidence_id else reverse("desk_programs:prove", args=where),
        "strike_url": reverse("desk_programs:strike", args=where),
    }


def strike_question(row: Realisation, here: str, back: str, form: Form) -> Row:
    """What is asked before a payment is struck out."""
    words = {"number": row.document_number, "amount": rupiah(row.amount)}
    return {
        "title": _("Strike out %(number)s of %(amount)s?") % words,
        "text": _("It stays readable with your reason, and no longer counts. Enter it anew if it was wrong."),
        "action_url": here,
        "cancel_url": back,
        "label": _("Strike the payment out"),
        "tone": "bad",
        "form": form,
    }
