"""Words in the trail: looked for in so many entries at a time, the newest first, so that a search costs the same in any year."""

from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from rembuk.audit import selectors
from rembuk.audit.models import AuditEntry
from rembuk.audit.selectors import Filter, Position
from rembuk.common.codes import read_code

LOOKED_THROUGH = 5_000


@dataclass(frozen=True, slots=True)
class Found:
    """The entries of one page, and the one behind which the next page begins (``None`` at the end).

    ``is_partial``: the search stopped at ``last``, not because the page is full; there may be none between.
    """

    entries: list[AuditEntry]
    last: AuditEntry | None = None
    is_partial: bool = False


def search(wanted: Filter, *, after: Position | None = None, size: int = 50) -> Found:
    """One page, newest first. The code of a thing finds its entries wherever they are; words are looked for piece by piece."""
    if not wanted.text:
        return _page(selectors.entries(wanted, after=after, limit=size + 1), size)
    whole = replace(wanted, text="")
    coded = selectors.behind(selectors.found(whole).filter(target_key__in=_codes(wanted.text)), after)
    if of_code := _newest(coded, size + 1):
        return _page(of_code, size)
    end = _end_of_piece(selectors.behind(selectors.found(whole), after))
    rows = selectors.behind(selectors.found(wanted), after)
    if end is not None:
        rows = rows.filter(Q(at__gte=end.at), Q(at__gt=end.at) | Q(id__gte=end.pk))
    page = _page(_newest(rows, size + 1), size)
    return page if page.last or end is None else Found(page.entries, end, is_partial=True)


def _page(found: list[AuditEntry], size: int) -> Found:
    return Found(found[:size], found[size - 1] if len(found) > size else None)


def _newest(rows: QuerySet[AuditEntry], limit: int) -> list[AuditEntry]:
    return list(rows.order_by("-at", "-id")[:limit])


def _end_of_piece(rows: QuerySet[AuditEntry]) -> AuditEntry | None:
    """The last entry that is looked through; ``None`` where all that is left is looked through."""
    return rows.only("id", "at").order_by("-at", "-id")[LOOKED_THROUGH - 1 : LOOKED_THROUGH].first()


def _codes(text: str) -> set[str]:
    """How the trail may have kept what was typed: as it stands, in capitals, as a whole code."""
    code = read_code(text)
    return {text, text.upper(), *([str(code)] if code else [])}
