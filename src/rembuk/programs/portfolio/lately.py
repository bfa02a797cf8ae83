"""Which programmes are in which condition, as it was found at most a minute ago: every running one has to be looked at."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from rembuk.common.clock import local_date
from rembuk.keeping.values import Kept
from rembuk.programs.plan.condition import Thresholds
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import STANDINGS, in_condition, parameters
from rembuk.siteconfig.selectors import current

_LISTS = " ".join(
    ("WITH", STANDINGS, "SELECT condition, array_agg(program_id)::text FROM standings GROUP BY condition")
)


@dataclass(frozen=True, slots=True)
class Lists:
    """Keys of the programmes by their condition on a day under these limits, as PostgreSQL writes an array."""

    day: date
    limits: Thresholds
    keys: dict[str, str]


def lists(day: date, limits: Thresholds) -> Lists:
    """All of them on a day, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LISTS, parameters(day, limits))
        return Lists(day, limits, dict(cursor.fetchall()))


def in_condition_lately(condition: str) -> Q:
    """Running and postponed programmes in this condition today, as it was found at most a minute ago."""
    today, limits = local_date(zone=current().tz), thresholds()
    found = LATELY.get()
    if (found.day, found.limits) != (today, limits):
        return in_condition(condition, today, limits)
    # One array, written once: thousands of keys would be written anew for each page.
    keys = found.keys.get(condition, "{}")
    return Q(RawSQL('"programs_program"."id" = ANY(%s::bigint[])', [keys], output_field=BooleanField()))


LATELY = Kept("conditions", Lists, lambda: lists(local_date(zone=current().tz), thresholds()))
