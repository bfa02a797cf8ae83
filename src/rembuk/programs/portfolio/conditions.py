"""The condition of many programmes in one statement: the same arithmetic as ``plan.condition``, set by set.

Two texts of one rule: a test draws programmes and compares both. Progress is in whole hundredths of a point,
rounded once, half up (``plan.progress``). What falls due today is not late yet. Only running and postponed programmes are
measured here: a list of what is late is a list of what can still be done.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from rembuk.programs.models import Program
from rembuk.programs.plan.condition import Condition, Thresholds
from rembuk.programs.states import OPEN

# By programme: planned by yesterday and by today, actual by today, in hundredths of a point; days behind by the
# dates of the phases; the condition.
STANDINGS = """
    running AS MATERIALIZED (
        SELECT id FROM programs_program
        WHERE state = ANY(%(measured)s) AND (%(ids)s::bigint[] IS NULL OR id = ANY(%(ids)s::bigint[]))
    ), weighed AS (
        SELECT m.program_id, m.planned_end_on, m.actual_end_on, (m.weight * 100)::bigint AS w
        FROM programs_milestone m JOIN running r ON r.id = m.program_id WHERE m.state <> 'dropped'
    ), summed AS (
        SELECT program_id, sum(w)::bigint AS total,
               coalesce(sum(w) FILTER (WHERE planned_end_on < %(today)s), 0)::bigint AS due,
               coalesce(sum(w) FILTER (WHERE planned_end_on <= %(today)s), 0)::bigint AS planned,
               coalesce(sum(w) FILTER (WHERE actual_end_on <= %(today)s), 0)::bigint AS actual
        FROM weighed GROUP BY program_id
    ), progress AS (
        SELECT program_id, (20000 * due + total) / (2 * total) AS due,
               (20000 * planned + total) / (2 * total) AS planned, (20000 * actual + total) / (2 * total) AS actual
        FROM summed
    ), delays AS (
        SELECT h.program_id, h.state, h.position, greatest(
                   0,
                   CASE WHEN h.state = 'done' THEN coalesce(h.actual_end_on, %(today)s) ELSE %(today)s END
                       - h.planned_end_on,
                   CASE WHEN h.state = 'upcoming' THEN %(today)s - h.planned_start_on END
               ) AS days
        FROM programs_phase h JOIN running r ON r.id = h.program_id
    ), delayed AS (
        SELECT program_id, coalesce(
                   max(days) FILTER (WHERE state <> 'done'), (array_agg(days ORDER BY position DESC))[1], 0
               ) AS days
        FROM delays GROUP BY program_id
    ), standings AS (
        SELECT d.program_id, s.planned, s.actual, d.days, CASE
                   WHEN s.due IS NULL THEN CASE WHEN d.days > 0 THEN 'late' ELSE 'on_time' END
                   WHEN s.due - s.actual > greatest(
                       %(late)s, CASE WHEN s.due <= %(until)s THEN %(critical)s ELSE %(critical_after)s END
                   ) THEN 'critical'
                   WHEN s.due - s.actual > %(late)s THEN 'late'
                   ELSE 'on_time'
               END AS condition
        FROM delayed d LEFT JOIN progress s ON s.program_id = d.program_id
    )
"""
_OF = " ".join(("WITH", STANDINGS, "SELECT * FROM standings"))
# The array makes it one list that is found once; as a plain subselect it may be computed again for each row.
_IN = " ".join(
    (
        "SELECT unnest(ARRAY(WITH",
        STANDINGS,
        "SELECT program_id FROM standings WHERE condition = %(condition)s))",
    )
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Progress of one programme in per cent (``None`` without milestones that count), days behind by the dates of
    its phases, and its condition.
    """

    planned: Decimal | None
    actual: Decimal | None
    days: int
    condition: Condition


def parameters(today: date, thresholds: Thresholds, ids: Collection[int] | None = None) -> dict[str, Any]:
    """What ``STANDINGS`` asks for; ``ids`` narrows it to these programmes."""
    return {
        "ids": None if ids is None else list(ids),
        "today": today,
        "measured": [str(state) for state in OPEN],
        "late": thresholds.late * 100,
        "critical": thresholds.critical * 100,
        "until": thresholds.until * 100,
        "critical_after": thresholds.critical_after * 100,
    }


def in_condition(condition: str, today: date, thresholds: Thresholds) -> Q:
    """Running and postponed programmes in this condition on a day; one statement with whatever it filters."""
    asked = {**parameters(today, thresholds), "condition": condition}
    return Q(pk__in=_raw(_IN, asked))


def measured(program_ids: Collection[int], today: date, thresholds: Thresholds) -> dict[int, Measured]:
    """How these programmes stand on a day, in one statement; those that are not measured are absent."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, parameters(today, thresholds, program_ids))
        return {
            pk: Measured(_points(planned), _points(actual), days, Condition(condition))
            for pk, planned, actual, days, condition in cursor.fetchall()
        }


def _points(hundredths: int | Decimal | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 100


def _raw(sql: str, values: dict[str, Any]) -> RawSQL:
    """Named places as positions, as expressions of Django take them; all values are handed over as parameters."""
    names: list[str] = []

    class Places(dict[str, str]):
        def __getitem__(self, name: str) -> str:
            names.append(name)
            return "%s"

    text = sql % Places()
    # The text is a constant of this module; every value travels as a parameter.
    return RawSQL(text, [values[name] for name in names], output_field=Program._meta.pk)  # noqa: S611
