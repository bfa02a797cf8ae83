"""Figures for the statistics page: states, months, work units, moderation."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.db import connection

from rembuk.common import clock
from rembuk.keeping.values import Kept
from rembuk.proposals.states import State
from rembuk.siteconfig.selectors import current
from rembuk.workunits.tree import segment

_BY_STATE = """
    SELECT state, count(*) FROM proposals_proposal WHERE submitted_at IS NOT NULL GROUP BY state
"""
_BY_MONTH = """
    SELECT date_trunc('month', submitted_at AT TIME ZONE %(zone)s)::date AS month, count(*),
           count(considered_at), count(explained_at)
    FROM proposals_proposal WHERE submitted_at >= %(since)s GROUP BY month ORDER BY month
"""
_MODERATION = """
    SELECT count(*) FILTER (WHERE step = 'publish'), count(*) FILTER (WHERE step = 'return'),
           count(*) FILTER (WHERE step = 'reject'), count(*) FILTER (WHERE step = 'mark_duplicate'),
           count(*) FILTER (WHERE step = 'hide'), count(*) FILTER (WHERE step = 'appeal'),
           count(*) FILTER (WHERE bulk IS NOT NULL AND step = 'publish')
    FROM proposals_decision WHERE at >= %(since)s
"""
# Sums come from the sums of each unit; only for the medians every answered proposal stands with each unit above its own.
_BY_UNIT = """
    WITH own AS (
        SELECT unit_id, count(*) AS heard, count(considered_at) AS considered, count(explained_at) AS explained,
               count(*) FILTER (WHERE state IN ('published', 'reviewing') AND answer_due_at < %(now)s) AS overdue
        FROM proposals_proposal WHERE submitted_at IS NOT NULL GROUP BY unit_id
    ), above AS MATERIALIZED (
        SELECT own.id AS own_id, u.id AS unit_id FROM workunits_workunit own
        CROSS JOIN LATERAL generate_series(%(step)s, length(own.path), %(step)s) AS upto
        JOIN workunits_workunit u ON u.path = left(own.path, upto)
    ), counts AS (
        SELECT a.unit_id, sum(heard)::int AS heard, sum(considered)::int AS considered, sum(explained)::int AS explained,
               sum(overdue)::int AS overdue
        FROM above a JOIN own ON own.unit_id = a.own_id GROUP BY a.unit_id
    ), medians AS (
        SELECT a.unit_id,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.explained_at - p.submitted_at)) AS seconds
        FROM proposals_proposal p JOIN above a ON a.own_id = p.unit_id
        WHERE p.submitted_at IS NOT NULL AND p.explained_at IS NOT NULL GROUP BY a.unit_id
    )
    SELECT u.id, u.code, u.name, heard, considered, explained, overdue, seconds
    FROM counts JOIN workunits_workunit u ON u.id = counts.unit_id LEFT JOIN medians m ON m.unit_id = u.id ORDER BY u.path
"""


@dataclass(frozen=True, slots=True)
class Month:
    """Proposals sent in a month, and how many of those were considered and explained since."""

    first_day: date
    heard: int
    considered: int
    explained: int


@dataclass(frozen=True, slots=True)
class Moderation:
    """What moderators decided in a period; ``in_bulk`` of the published ones were decided together."""

    published: int
    returned: int
    rejected: int
    duplicates: int
    hidden: int
    appeals: int
    in_bulk: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Proposals of a unit and all below it with the three figures, what is overdue, and the median days to the answer.

    ``key`` is the unit's id: code and name are those of the moment when the row was made.
    """

    key: int
    code: str
    name: str
    heard: int
    considered: int
    explained: int
    overdue: int
    days: int | None


def by_state() -> tuple[tuple[str, int], ...]:
    """Proposals per state in the order of the state's list, states without any left out."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_STATE)
        counts = dict(cursor.fetchall())
    return tuple((state, counts[state]) for state in State.values if counts.get(state))


def by_month(at: datetime, zone: tzinfo, months: int = 12) -> tuple[Month, ...]:
    """The last calendar months of the office, this one included, in which anything was sent, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_MONTH, {"zone": str(zone), "since": _first_of(at, zone, months)})
        return tuple(Month(*row) for row in cursor.fetchall())


def moderation(at: datetime, days: int = 90) -> Moderation:
    """Decisions of the last days."""
    with connection.cursor() as cursor:
        cursor.execute(_MODERATION, {"since": at - timedelta(days=days)})
        return Moderation(*cursor.fetchone())


def by_unit(at: datetime) -> tuple[UnitRow, ...]:
    """Every unit with proposals in it or below, in tree order; the numbers are those of the unit's own page."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_UNIT, {"now": at, "step": len(segment(0))})
        rows = cursor.fetchall()
    return tuple(
        UnitRow(
            key,
            code,
            name,
            heard,
            considered,
            explained,
            overdue,
            None if seconds is None else round(seconds / 86_400),
        )
        for key, code, name, heard, considered, explained, overdue, seconds in rows
    )


STATES = Kept("states", tuple[tuple[str, int], ...], by_state)
MONTHS = Kept("months", tuple[Month, ...], lambda: by_month(clock.now(), current().tz))
MODERATION = Kept("moderation", Moderation, lambda: moderation(clock.now()))
UNITS = Kept("units", tuple[UnitRow, ...], lambda: by_unit(clock.now()))


def _first_of(at: datetime, zone: tzinfo, months: int) -> datetime:
    """When the first of so many calendar months began that end with the month of ``at``."""
    day = at.astimezone(zone)
    year, month = divmod(day.year * 12 + day.month - months, 12)
    return datetime(year, month + 1, 1, tzinfo=zone)
