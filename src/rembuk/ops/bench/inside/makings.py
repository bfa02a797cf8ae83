"""What the worker makes for all pages once a minute: done as it does it, outside of what is measured, or measured alone."""

from django.core.cache import caches

from rembuk.insights.kept import EVERY
from rembuk.keeping.values import forget_held
from rembuk.ops.bench.amounts import MAKING

_AHEAD_SECONDS = 30.0
_KEPT = {f"{MAKING}{kept.name}": kept for kept in EVERY}


def shapes() -> dict[str, dict[str, int]]:
    """The makings, with the numbers that pages have."""
    return {name: {"queries": 0, "bytes": 0, "is_often": False} for name in _KEPT}


def make(name: str) -> None:
    """Make one of them and store it."""
    _KEPT[name].remake(older_than=0)


def keep_up() -> None:
    """What a worker did meanwhile; then this process has everything to read anew that it keeps for a minute."""
    for kept in EVERY:
        kept.remake(_AHEAD_SECONDS)
    caches["memory"].clear()
    forget_held()
