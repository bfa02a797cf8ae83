"""A tree as the pages show it: top rows, and what hangs below each folded, so that hundreds of rows stay usable."""

from collections.abc import Callable, Iterable
from typing import Any

type Row = dict[str, Any]

OPEN_UP_TO = 40
"""Trees with so many rows or fewer are shown unfolded."""


def folded(items: Iterable[Any], row_of: Callable[[Any], Row], *, top: int = 2) -> list[Row]:
    """Rows in tree order; those ``top`` levels below the first level or deeper lie in ``below`` of the row above them.

    ``items`` come in the order of their path and have one; ``row_of`` gives what the template shows. A list that is
    only a part of the tree counts its levels from the highest row it has.
    """
    found = list(items)
    base = min((item.path.count(".") for item in found), default=1)
    rows: list[Row] = []
    for item in found:
        depth = item.path.count(".") - base
        row = {**row_of(item), "depth": depth, "below": []}
        if depth < top or not rows:
            rows.append(row)
        else:
            rows[-1]["below"].append({**row, "depth": min(depth, 5)})
    is_open = len(found) <= OPEN_UP_TO
    return [{**row, "is_open": is_open} for row in rows]
