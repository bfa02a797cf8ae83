"""A pile of the desk's first page: one kind of work that waits for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rembuk.common import counting
from rembuk.web.components.formats import counted

FIRST = 5

type Context = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """One kind of work: how much waits, how much of it is late, the first rows, and where all of it is.

    Both are counted up to a bound (``common.counting``).
    """

    title: str
    count: int
    late: int
    rows: list[Context]
    url: str

    @property
    def stat(self) -> Context:
        """The pile as a number with its way on."""
        note = _("%(n)s overdue") % {"n": counted(self.late)} if self.late else ""
        tone = "bad" if self.late else ""
        return {**up_to(self.count), "label": self.title, "url": self.url, "note": note, "tone": tone}


def counted_from(
    first: Sequence[Any], rows: QuerySet[Any, Any], due: str, at: datetime, mark: str
) -> tuple[int, int]:
    """How much waits and how much of it is late, of rows in the order they are due whose ``FIRST`` were read.

    Fewer than these are all of them, and nothing is counted.
    """
    if len(first) < FIRST:
        dates = [getattr(row, due) for row in first]
        return len(first), sum(date is not None and date < at for date in dates)
    return counting.counted_with_late(rows, due, at, mark)


def up_to(count: int) -> Context:
    """The number of a tile for a count that was taken up to a bound."""
    return {"value": min(count, counting.MOST), "is_more": count > counting.MOST}
