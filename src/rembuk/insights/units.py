"""What came in and what is overdue, per work unit and everything below it."""

from dataclasses import dataclass

from django.core.cache import caches
from django.db import connection

from rembuk.proposals.models import Proposal
from rembuk.proposals.selectors import overdue
from rembuk.workunits.models import WorkUnit

KEEP_SECONDS = 60

_COUNTS = """
    SELECT p.unit_id, count(*), count(*) FILTER (
        WHERE p.state IN ('published', 'reviewing') AND p.answer_due_at < clock_timestamp())
    FROM proposals_proposal p WHERE p.submitted_at IS NOT NULL AND p.unit_id IS NOT NULL GROUP BY p.unit_id
"""


@dataclass(slots=True)
class UnitNode:
    """A unit in the tree with counts of its own and all below; ``depth`` 0 is the root."""

    code: str
    name: str
    short_name: str
    kind: str
    path: str
    depth: int
    heard: int = 0
    overdue: int = 0

    @property
    def kind_label(self) -> str:
        """The kind in the reader's language."""
        return str(WorkUnit.Kind(self.kind).label)


def tree_with_counts() -> list[UnitNode]:
    """Active units in tree order with their counts, in two statements; the counts are at most a minute old."""
    rows = (
        WorkUnit.objects.filter(is_active=True)
        .order_by("path")
        .values_list("pk", "code", "name", "short_name", "kind", "path")
    )
    counts = _kept_counts()
    nodes: list[UnitNode] = []
    line: list[UnitNode] = []
    for pk, code, name, short_name, kind, path in rows:
        while line and not path.startswith(line[-1].path):
            line.pop()
        node = UnitNode(code, name, short_name, kind, path, depth=len(line))
        line.append(node)
        nodes.append(node)
        heard, overdue = counts.get(pk, (0, 0))
        for above in line:
            above.heard += heard
            above.overdue += overdue
    return nodes


def overdue_below(unit: WorkUnit) -> int:
    """Proposals at or below a unit whose answer is overdue now."""
    return Proposal.objects.filter(overdue(), unit__path__startswith=unit.path).count()


def _kept_counts() -> dict[int, tuple[int, int]]:
    kept: dict[int, tuple[int, int]] | None = caches["memory"].get("unit-counts")
    if kept is None:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS)
            kept = {pk: (heard, overdue) for pk, heard, overdue in cursor.fetchall()}
        caches["memory"].set("unit-counts", kept, KEEP_SECONDS)
    return kept
