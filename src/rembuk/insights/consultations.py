"""Heard, considered, explained over consultations: for the site, for each unit and all below it; what is overdue.

Submissions of a consultation whose totals are hidden until closing are counted from closing on. One consultation's own
figures: ``consultations.figures``.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from rembuk.common import clock
from rembuk.consultations.models import Consultation
from rembuk.consultations.states import State
from rembuk.insights.figures import Shares
from rembuk.keeping.values import Kept
from rembuk.workunits.tree import segment

# By consultation: what each submission's rows came to, as ``consultations.figures`` counts it.
_ANSWERED = """
    WITH answered AS (
        SELECT submission_id, count(*) = count(*) FILTER (WHERE state <> 'open') AS is_considered,
               count(*) = count(*) FILTER (WHERE state = 'published') AS is_answered
        FROM consultations_matrixrow GROUP BY submission_id
    ), counted AS (
        SELECT c.id, c.unit_id,
               c.state = 'closed' AND c.answer_due_at < %(now)s AS is_overdue,
               count(s.id) AS heard,
               count(s.id) FILTER (WHERE r.is_considered) AS considered,
               count(s.id) FILTER (WHERE r.is_answered AND a.id IS NOT NULL) AS explained,
               count(s.id) FILTER (WHERE r.is_answered AND a.id IS NULL AND s.channel = 'web') AS unreachable,
               count(s.id) FILTER (WHERE r.is_answered AND a.id IS NULL AND s.channel <> 'web') AS offline_answered,
               count(s.id) FILTER (WHERE s.channel <> 'web') AS offline
        FROM consultations_consultation c
        LEFT JOIN consultations_submission s ON s.consultation_id = c.id
            AND s.state IN ('sent', 'held', 'not_shown')
            AND (c.totals_shown = 'at_once' OR c.closes_at <= %(now)s)
        LEFT JOIN answered r ON r.submission_id = s.id
        LEFT JOIN accounts_person a ON a.id = s.author_id AND a.deleted_at IS NULL
            AND coalesce(a.email, a.sign_in_name, '') <> ''
        WHERE c.announced_at IS NOT NULL AND c.state <> 'cancelled'
        GROUP BY c.id
    )
"""
_SUMS = """
    count(*), coalesce(sum(heard), 0)::int, coalesce(sum(considered), 0)::int, coalesce(sum(explained), 0)::int,
    coalesce(sum(unreachable), 0)::int, coalesce(sum(offline_answered), 0)::int, coalesce(sum(offline), 0)::int,
    count(*) FILTER (WHERE is_overdue)
"""
_UNITS = """
    FROM counted
    JOIN workunits_workunit own ON own.id = counted.unit_id
    CROSS JOIN LATERAL generate_series(%(step)s, length(own.path), %(step)s) AS upto
    JOIN workunits_workunit u ON u.path = left(own.path, upto)
    GROUP BY u.code, u.name, u.path
"""
# Open to the public on any day of the stretch, in a unit or below it.
_STRETCH = """
    FROM counted
    JOIN consultations_consultation c ON c.id = counted.id
    JOIN workunits_workunit u ON u.id = counted.unit_id
    WHERE c.opens_at < %(until)s AND c.closes_at >= %(since)s AND (%(path)s::text IS NULL OR starts_with(u.path, %(path)s))
"""
_IN_STRETCH = " ".join((_ANSWERED, "SELECT", _SUMS, _STRETCH))
# The whole comes before the root, whose path is not empty.
_ALL = " ".join(
    (
        _ANSWERED,
        "SELECT '' AS path, '', '',", _SUMS, "FROM counted",
        "UNION ALL SELECT u.path, u.code, u.name,", _SUMS, _UNITS,
        "ORDER BY path",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConsultationFigures(Shares):
    """Announced consultations and their submissions, by the words of ``consultations.figures.Figures``.

    ``overdue`` are consultations past their answer deadline.
    """

    consultations: int
    heard: int
    considered: int
    explained: int
    unreachable: int
    offline_answered: int
    offline: int
    overdue: int


@dataclass(frozen=True, slots=True)
class UnitConsultations:
    """The figures of a unit and all below it."""

    code: str
    name: str
    figures: ConsultationFigures


@dataclass(frozen=True, slots=True)
class Consultations:
    """The figures of the site, and of every unit with consultations in it or below in tree order."""

    whole: ConsultationFigures
    units: tuple[UnitConsultations, ...]


def consultation_figures(at: datetime) -> Consultations:
    """All of them at an instant, in one statement: what is dear is to read every answer."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL, {"now": at, "step": len(segment(0))})
        whole, *units = cursor.fetchall()
    return Consultations(
        ConsultationFigures(*whole[3:]),
        tuple(
            UnitConsultations(code, name, ConsultationFigures(*counts))
            for _path, code, name, *counts in units
        ),
    )


CONSULTATIONS = Kept("consultations", Consultations, lambda: consultation_figures(clock.now()))


def consultations_within(
    path: str | None, since: datetime, until: datetime, at: datetime
) -> ConsultationFigures:
    """Consultations that were open in a stretch of time, of a unit and all below (``None``: of all), at an instant."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_STRETCH, {"path": path, "since": since, "until": until, "now": at})
        return ConsultationFigures(*cursor.fetchone())


def overdue_consultations(at: datetime) -> QuerySet[Consultation]:
    """Closed consultations whose answer deadline has passed, the longest overdue first."""
    late = Consultation.objects.filter(state=State.CLOSED, answer_due_at__lt=at)
    return late.select_related("unit").order_by("answer_due_at", "id")
