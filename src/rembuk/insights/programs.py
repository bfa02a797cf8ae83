"""Work programmes in figures: on time, late, critical, absorbed; whole and by unit, category, region, phase and year.

Each row counts exactly what the list of programmes shows under the filter of the same name. Conditions are those of
running and postponed programmes (``programs.portfolio.conditions``).
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection

from rembuk.common import clock
from rembuk.keeping.values import Kept
from rembuk.programs.money.absorption import absorption
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import STANDINGS, parameters
from rembuk.programs.portfolio.silence import SILENT_AFTER
from rembuk.programs.states import PUBLIC
from rembuk.siteconfig.selectors import current
from rembuk.workunits.tree import segment

KINDS = ("all", "unit", "category", "region", "phase", "year")
# Rows of one kind, all of which stand on one page; units have pages of their own.
MOST_ROWS = 500

_BASE = """
    , money AS (
        SELECT g.program_id, sum(g.amount) AS pagu, coalesce(sum(r.spent), 0) AS spent
        FROM programs_pagu g LEFT JOIN (
            SELECT pagu_id, sum(amount) AS spent FROM programs_realisation WHERE struck_at IS NULL GROUP BY pagu_id
        ) r ON r.pagu_id = g.id
        GROUP BY g.program_id
    ), base AS MATERIALIZED (
        SELECT p.id, p.state, p.year, p.region_id, u.path AS unit_path, c.path AS category_path, p.leading_kind AS phase,
               s.condition, coalesce(m.pagu, 0) AS pagu, coalesce(m.spent, 0) AS spent,
               p.state = 'published' AND p.published_at <= %(silent)s AND NOT EXISTS (
                   SELECT FROM programs_update n WHERE n.program_id = p.id AND n.at > %(silent)s
               ) AS is_silent
        FROM programs_program p
        JOIN workunits_workunit u ON u.id = p.unit_id
        LEFT JOIN taxonomy_category c ON c.id = p.category_id
        LEFT JOIN standings s ON s.program_id = p.id
        LEFT JOIN money m ON m.program_id = p.id
        WHERE p.state = ANY(%(public)s)
    ), located AS (
        SELECT id, region_id FROM base WHERE region_id IS NOT NULL
        UNION
        SELECT b.id, l.region_id FROM base b JOIN programs_programplace l ON l.program_id = b.id
        WHERE l.region_id IS NOT NULL
    ), areas AS (
        SELECT DISTINCT l.id, r.code, r.name FROM located l
        JOIN regions_region r ON r.parent_id = (
            SELECT region_id FROM workunits_workunit WHERE parent_id IS NULL AND kind = 'instansi' ORDER BY path LIMIT 1
        ) AND (l.region_id = r.code OR l.region_id LIKE r.code || '.%%')
    )
"""
_COUNTS = """
    count(*), count(*) FILTER (WHERE b.state = 'published'), count(*) FILTER (WHERE condition = 'on_time'),
    count(*) FILTER (WHERE condition = 'late'), count(*) FILTER (WHERE condition = 'critical'),
    count(*) FILTER (WHERE b.state = 'postponed'), count(*) FILTER (WHERE b.state = 'cancelled'),
    count(*) FILTER (WHERE b.state = 'completed'), count(*) FILTER (WHERE is_silent),
    coalesce(sum(pagu), 0), coalesce(sum(spent), 0)
"""
_GROUPS = {
    "all": "'', '', '', '' FROM base b",
    "unit": """u.path, u.code, u.name, u.name FROM base b
        CROSS JOIN LATERAL generate_series(%(step)s, length(b.unit_path), %(step)s) AS upto
        JOIN workunits_workunit u ON u.path = left(b.unit_path, upto) GROUP BY u.path, u.code, u.name""",
    "category": """c.path, c.slug, c.name, c.name_en FROM base b
        JOIN taxonomy_category c ON c.parent_id IS NULL AND starts_with(b.category_path, c.path)
        GROUP BY c.path, c.slug, c.name, c.name_en""",
    "region": "a.name, a.code, a.name, a.name FROM base b JOIN areas a ON a.id = b.id GROUP BY a.code, a.name",
    "phase": """lpad(coalesce(k.position, 0)::text, 5, '0'), b.phase, coalesce(k.name, b.phase), coalesce(k.name_en, b.phase)
        FROM base b LEFT JOIN programs_kindofphase k ON k.code = b.phase WHERE b.phase <> ''
        GROUP BY k.position, b.phase, k.name, k.name_en""",
    "year": "(9999 - b.year)::text, b.year::text, b.year::text, b.year::text FROM base b GROUP BY b.year",
}
_PARTS = [" ".join(("SELECT", f"'{kind}',", _COUNTS, ",", rest)) for kind, rest in _GROUPS.items()]
_STATEMENT = " ".join(("WITH", STANDINGS, _BASE, " UNION ALL ".join(_PARTS)))


@dataclass(frozen=True, slots=True)
class ProgramFigures:
    """Public programmes of one group; ``key`` is the value of its filter. On time, late and critical are those that
    run or are postponed; ``silent`` ones run without news for thirty days. Money is rupiah.
    """

    programs: int = 0
    running: int = 0
    on_time: int = 0
    late: int = 0
    critical: int = 0
    postponed: int = 0
    cancelled: int = 0
    completed: int = 0
    silent: int = 0
    pagu: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    order: str = ""
    key: str = ""
    name: str = ""
    name_en: str = ""

    @property
    def absorption(self) -> Decimal | None:
        """Spent money in percent of the pagu of all of them; ``None`` without a pagu."""
        return absorption(self.spent, self.pagu)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The whole, and the rows of each kind (``KINDS``) in their order."""

    whole: ProgramFigures
    rows: dict[str, tuple[ProgramFigures, ...]]


def program_figures(at: datetime) -> Portfolio:
    """All figures at an instant, in one statement; regions are those directly within that of the instansi."""
    asked = {
        **parameters(at.astimezone(current().tz).date(), thresholds()),
        "public": [str(state) for state in PUBLIC],
        "silent": at - SILENT_AFTER,
        "step": len(segment(0)),
    }
    rows: dict[str, list[ProgramFigures]] = {kind: [] for kind in KINDS}
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, asked)
        for kind, *counts in cursor.fetchall():
            rows[kind].append(ProgramFigures(*counts))
    for kind, found in rows.items():
        found.sort(key=lambda row: row.order)
        if kind != "unit":
            del found[MOST_ROWS:]
    (whole,) = rows.pop("all")
    return Portfolio(whole, {kind: tuple(found) for kind, found in rows.items()})


PROGRAMS = Kept("programs", Portfolio, lambda: program_figures(clock.now()))
