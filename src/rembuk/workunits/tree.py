"""Pure moves in the tree: where a node's path comes from. Locks and audit belong to ``management``."""

from rembuk.workunits.models import WorkUnit

STEP = 8


def segment(pk: int) -> str:
    """One step of a path: ``42`` is ``00000042.``."""
    return f"{pk:0{STEP}d}."


def path_of(pk: int, parent: WorkUnit | None) -> str:
    """The path of node ``pk`` below ``parent`` (a root where there is none)."""
    return (parent.path if parent else "") + segment(pk)


def plant(**fields: object) -> WorkUnit:
    """Insert a unit with its path; ``fields`` are the model's own, ``parent`` among them."""
    unit = WorkUnit(**fields)
    # Unique and never shown: stands only until the id is known, in the same transaction.
    unit.path = f"new-{unit.code}"
    unit.save()
    unit.path = path_of(unit.pk, unit.parent)
    unit.save(update_fields=["path"])
    return unit
