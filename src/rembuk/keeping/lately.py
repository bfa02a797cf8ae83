"""Figures of single things for lists, as this process found them at most a minute ago.

What thousands of people did is counted row by row, and a list shows a dozen such counts. Not here: what counts everything
(``values``). An act of staff empties the memory (``pagecache.freshness``).
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.core.cache import caches

SECONDS = 60


def lately[T](
    name: str, keys: Collection[int], find: Callable[[list[int]], Mapping[int, T]], none: T
) -> dict[int, T]:
    """The figure of each key; ``find`` is asked for those that are not known, and ``none`` is what it leaves out."""
    names = {key: f"{name}:{key}" for key in keys}
    kept: dict[str, Any] = caches["memory"].get_many(names.values())
    if missing := [key for key in keys if names[key] not in kept]:
        counted = find(missing)
        found = {names[key]: counted.get(key, none) for key in missing}
        caches["memory"].set_many(found, SECONDS)
        kept |= found
    return {key: kept[names[key]] for key in keys}
