"""The three figures: heard, considered, explained (PRODUCT.md), for the site, a unit and all below it, a period.

The three rights behind them: Putusan MK 91/PUU-XVIII/2020, "meaningful participation".
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.db import connection

from rembuk.consultations.figures import share
from rembuk.keeping.values import Kept
from rembuk.workunits.models import WorkUnit

KEEP_SECONDS = 60

_FIGURES = """
    SELECT count(*) FILTER (WHERE p.submitted_at IS NOT NULL),
           count(p.considered_at),
           count(p.explained_at),
           count(*) FILTER (WHERE p.explained_at IS NULL AND p.id IN (
               SELECT a.proposal_id FROM proposals_officialanswer a)),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.considered_at - p.submitted_at))
               FILTER (WHERE p.considered_at IS NOT NULL),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.explained_at - p.submitted_at))
               FILTER (WHERE p.explained_at IS NOT NULL)
    FROM proposals_proposal p
    LEFT JOIN workunits_workunit u ON u.id = p.unit_id
    WHERE p.submitted_at IS NOT NULL
      AND (%(path)s::text IS NULL OR u.path LIKE %(path)s)
      AND (%(since)s::timestamptz IS NULL OR p.submitted_at >= %(since)s)
      AND (%(until)s::timestamptz IS NULL OR p.submitted_at < %(until)s)
"""


class Shares:
    """What part of the heard was considered and explained."""

    __slots__ = ()
    heard: int
    considered: int
    explained: int

    @property
    def considered_percent(self) -> int:
        """Share of the heard that were considered, 0 to 100, rounded down so that 100 means all."""
        return share(self.considered, self.heard)

    @property
    def explained_percent(self) -> int:
        """Share of the heard that were explained, 0 to 100, rounded down so that 100 means all."""
        return share(self.explained, self.heard)


@dataclass(frozen=True, slots=True)
class ThreeFigures(Shares):
    """Counts of proposals; the days are medians from sending; ``unreachable`` were answered but can't be told."""

    heard: int
    considered: int
    explained: int
    unreachable: int
    considered_days: int | None
    explained_days: int | None


def three_figures(
    unit: WorkUnit | None = None, *, since: datetime | None = None, until: datetime | None = None
) -> ThreeFigures:
    """The figures now, in one statement; ``since`` (inclusive) and ``until`` bound the instant of sending."""
    path = f"{unit.path}%" if unit else None
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"path": path, "since": since, "until": until})
        heard, considered, explained, unreachable, to_consider, to_explain = cursor.fetchone()
    return ThreeFigures(heard, considered, explained, unreachable, _days(to_consider), _days(to_explain))


def kept_figures(unit: WorkUnit) -> ThreeFigures:
    """The figures of a unit, at most a minute old: for pages that everybody opens. Those of the site are ``SITE``."""
    key = f"figures:{unit.pk}"
    kept: ThreeFigures | None = caches["memory"].get(key)
    if kept is None:
        kept = three_figures(unit)
        caches["memory"].set(key, kept, KEEP_SECONDS)
    return kept


SITE = Kept("figures", ThreeFigures, three_figures)


def _days(seconds: float | None) -> int | None:
    return None if seconds is None else round(float(seconds) / 86_400)
