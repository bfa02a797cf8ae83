"""Per cent, points and deviations in the words of a programme's page."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.programs.plan.curve import Deviation
from rembuk.web.components.formats import number


def points(value: Decimal) -> str:
    """A figure with at most two places and no needless ones: 12,5 and 40."""
    places = next(count for count in (0, 1, 2) if count == 2 or value == round(value, count))
    return number(value, places)


def share(value: Decimal) -> str:
    """Per cent with at most two places: 12,5%."""
    return f"{points(value)}%"


def deviation_words(deviation: Deviation, plan: str) -> str:
    """How far ahead or behind a plan, in points and days; ``plan`` names it."""
    days = ngettext("%(days)s day", "%(days)s days", abs(deviation.days)) % {
        "days": number(abs(deviation.days))
    }
    words = {"points": points(abs(deviation.points)), "days": days, "plan": plan}
    if deviation.points < 0:
        return _("%(points)s points behind %(plan)s, %(days)s") % words
    if deviation.points > 0:
        return _("%(points)s points ahead of %(plan)s, %(days)s") % words
    if deviation.days < 0:
        return _("reached %(days)s later than %(plan)s") % words
    if deviation.days > 0:
        return _("reached %(days)s earlier than %(plan)s") % words
    return _("exactly as %(plan)s has it") % words


def signed(value: Decimal) -> str:
    """Points with their sign, for tables: -12,5 and +3."""
    return f"{'−' if value < 0 else '+' if value > 0 else ''}{points(abs(value))}"
