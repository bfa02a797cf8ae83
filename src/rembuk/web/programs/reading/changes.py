"""What a public revision changed, in words: dates of phases and milestones, weights, pagu, cash plan, targets."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from rembuk.programs.choices import Direction, Fund, Level
from rembuk.programs.states import MilestoneState
from rembuk.web.components.formats import rupiah
from rembuk.web.programs.reading.indicators import figure
from rembuk.web.programs.reading.words import points

type Change = Mapping[str, Any]

# Field of a change: what is changed; ``%(what)s`` is the phase, milestone, source or indicator.
FIELDS: dict[str, str | Promise] = {
    "planned_start_on": gettext_lazy("%(what)s, first day"),
    "planned_end_on": gettext_lazy("%(what)s, last day"),
    "weight": gettext_lazy("%(what)s, weight"),
    "pagu": gettext_lazy("Pagu, %(what)s"),
    "cash": gettext_lazy("Cash plan, %(what)s"),
    "indicator": gettext_lazy("Indicator %(what)s"),
    "target": gettext_lazy("%(what)s, target"),
    "baseline": gettext_lazy("%(what)s, baseline"),
    "ends_on": gettext_lazy("%(what)s, end of the period"),
    "period": gettext_lazy("%(what)s, name of the period"),
    "name": gettext_lazy("%(what)s, name"),
    "measure": gettext_lazy("%(what)s, unit"),
    "level": gettext_lazy("%(what)s, level"),
    "direction": gettext_lazy("%(what)s, which way is better"),
    "source": gettext_lazy("%(what)s, source"),
    "state": gettext_lazy("%(what)s, state"),
    "added": gettext_lazy("%(what)s, added"),
    "title": gettext_lazy("%(what)s, name"),
    "phase": gettext_lazy("%(what)s, phase"),
}
_DAYS = frozenset({"planned_start_on", "planned_end_on", "ends_on"})
_MONEY = frozenset({"pagu", "cash"})
_FIGURES = frozenset({"target", "baseline"})


def change_row(change: Change, phases: Mapping[int, str]) -> dict[str, Any]:
    """One change for ``components/changes.html``; ``phases`` names the phases by number."""
    field = str(change["field"])
    words = FIELDS.get(field)
    what = _what(change, phases)
    return {
        "field": str(words) % {"what": what} if words else what,
        **{
            side: phases.get(int(change[key]), change[key])
            if field == "phase"
            else _value(field, change[key])
            for side, key in (("before", "old"), ("after", "new"))
        },
    }


def _what(change: Change, phases: Mapping[int, str]) -> str:
    """What it is about, in the reader's language where it has a word, else as it was written down."""
    if "milestone" in change or "indicator" in change:
        return str(change.get("label") or "")
    if "pagu" in change and change["pagu"] in Fund.values:
        return str(Fund(change["pagu"]).label)
    if change["field"] == "cash":
        return date_format(date.fromisoformat(f"{change['period']}-01"), "F Y")
    if "phase" in change:
        return phases.get(change["phase"], str(change.get("label") or change["phase"]))
    return str(change.get("label") or change["field"])


def _value(field: str, text: Any) -> str:
    if text in (None, ""):
        return ""
    if field in _DAYS:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    if field == "state":
        return str(MilestoneState(text).label)
    if field == "level":
        return str(Level(text).label)
    if field == "direction":
        return str(Direction(text).label)
    return _number(field, str(text))


def _number(field: str, text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if field in _MONEY:
        return rupiah(value)
    if field in _FIGURES:
        return figure(value)
    return points(value) if field == "weight" else text
