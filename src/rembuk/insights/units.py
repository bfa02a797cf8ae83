"""What came in and what is overdue, per work unit and everything below it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import caches
from django.db import connection

from rembuk.proposals.models import Proposal
from rembuk.proposals.selectors import overdue
from rembuk.workunits.models import WorkUnit

KEEP_SECONDS = 60

# Paths are digits and dots, so that all below one stands between it and it with a colon, the sign after the digits.
_COUNTS = """
    SELECT shown.path, count(p.id), count(p.id) FILTER (
        WHERE p.state IN ('published', 'reviewing') AND p.answer_due_at < clock_timestamp())
    FROM unnest(%s::text[]) AS shown (path)
    JOIN workunits_workunit u ON u.path >= shown.path COLLATE "C" AND u.path < (shown.path || ':') COLLATE "C"
    JOIN proposals_proposal p ON p.unit_id = u.id AND p.submitted_at IS NOT NULL
    GROUP BY shown.path
"""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came to a unit and all below it, and what of it is overdue."""

    heard: int = 0
    overdue: int = 0


def incoming(units: Iterable[WorkUnit]) -> dict[int, Incoming]:
    """The counts of these units only, by key, in one statement at most; each is at most a minute old."""
    keys = {f"incoming:{unit.path}": unit for unit in units}
    kept: dict[str, Incoming] = caches["memory"].get_many(keys)
    missing = [unit.path for key, unit in keys.items() if key not in kept]
    if missing:
        found = _counted(missing)
        fresh = {f"incoming:{path}": found.get(path, Incoming()) for path in missing}
        caches["memory"].set_many(fresh, KEEP_SECONDS)
        kept |= fresh
    return {unit.pk: kept[key] for key, unit in keys.items()}


def overdue_below(unit: WorkUnit) -> int:
    """Proposals at or below a unit whose answer is overdue now."""
    return Proposal.objects.filter(overdue(), unit__path__startswith=unit.path).count()


def _counted(paths: list[str]) -> dict[str, Incoming]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [paths])
        return {path: Incoming(heard, late) for path, heard, late in cursor.fetchall()}
