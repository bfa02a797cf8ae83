"""Indicators as the components of the desk take them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common.numbers import write_number
from rembuk.programs.indicators.selectors import Measure, Period
from rembuk.programs.models import Indicator, Program
from rembuk.web.components.formats import number as written
from rembuk.web.components.formats import percent, short_day

type Row = dict[str, Any]


def measure_rows(program: Program, measures: tuple[Measure, ...]) -> list[Row]:
    """Each indicator with its periods as a table and its addresses."""
    return [_measure(program, measure) for measure in measures]


def _measure(program: Program, measure: Measure) -> Row:
    where = [program.code, measure.number]
    return {
        "measure": measure,
        "baseline": measured(measure.baseline),
        "table": periods(measure.periods),
        "edit_url": reverse("desk_programs:indicator", args=where),
        "remove_url": reverse("desk_programs:indicator_remove", args=where),
        "actuals_url": reverse("desk_programs:actuals", args=where),
    }


def periods(rows: tuple[Period, ...]) -> Row:
    """Targets and actual values; a missing one says so."""
    heads = [_("First target"), _("Target"), _("Actual value"), _("Achievement")]
    return {
        "caption": _("Targets and actual values"),
        "columns": [
            {"label": _("Period")},
            {"label": _("Ends on")},
            *({"label": head, "kind": "num"} for head in heads),
            {"label": _("Source")},
        ],
        "rows": [
            [
                row.name,
                short_day(row.ends_on),
                measured(row.first_target),
                measured(row.target),
                measured(row.actual, _("not reported")),
                percent(row.achievement, 2),
                row.source or "–",
            ]
            for row in rows
        ],
    }


def measured(number: Any, missing: str = "–") -> str:
    """A value as people read it in their language, with the digits it has."""
    if number is None:
        return missing
    places = len(write_number(number).partition(",")[2])
    return written(number, places)


def removal_question(indicator: Indicator, here: str, back: str) -> Row:
    """What is asked before an indicator leaves a draft."""
    return {
        "title": _("Remove “%(name)s”?") % {"name": indicator.name},
        "text": _("It leaves the draft with its targets. The trail keeps that it was there."),
        "action_url": here,
        "cancel_url": back,
        "label": _("Remove the indicator"),
        "tone": "bad",
    }
