"""A pile of the desk's first page: one kind of work that waits for somebody."""

from dataclasses import dataclass
from typing import Any

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


def up_to(count: int) -> Context:
    """The number of a tile for a count that was taken up to a bound."""
    return {"value": min(count, counting.MOST), "is_more": count > counting.MOST}
