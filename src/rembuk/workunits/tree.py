"""Pure moves in the tree: where a node's path comes from. Rights and audit belong to ``management``."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Model, Value
from django.db.models.functions import Concat, Length, Substr

from rembuk.workunits.models import WorkUnit

STEP = 8
LONGEST = 200
"""Characters of a path, as the column holds them: more than twenty steps."""


def segment(pk: int) -> str:
    """One step of a path: ``42`` is ``00000042.``."""
    return f"{pk:0{STEP}d}."


def path_of(pk: int, parent: WorkUnit | None) -> str:
    """The path of node ``pk`` below ``parent`` (a root where there is none)."""
    return (parent.path if parent else "") + segment(pk)


def chain(path: str) -> list[str]:
    """The paths from the top down to this one, itself last: a grant at any of them holds for it."""
    width = len(segment(0))
    return [path[:end] for end in range(width, len(path) + 1, width)]


def lock() -> None:
    """Until the transaction ends, everybody else who plants or moves waits: a path is read and written as one."""
    lock_tree(WorkUnit)


def plant(**fields: object) -> WorkUnit:
    """Insert a unit with its path; ``fields`` are the model's own, ``parent`` among them."""
    lock()
    unit = WorkUnit(**fields)
    if unit.parent is not None:
        unit.parent.refresh_from_db(fields=["path"])
    # Unique and never shown: stands only until the id is known, in the same transaction.
    unit.path = f"new-{unit.code}"
    unit.save()
    unit.path = path_of(unit.pk, unit.parent)
    unit.save(update_fields=["path"])
    return unit


def plant_many(rows: Sequence[tuple[Mapping[str, Any], str]]) -> list[WorkUnit]:
    """Insert many units, each with the code of its parent, which is there or stands before it; returns them in order.

    Three statements for each level of the new units, whatever their number. The caller holds the lock.
    """
    wanted = {code for _fields, code in rows}
    known = {unit.code: unit for unit in WorkUnit.objects.filter(code__in=wanted)}
    made: dict[str, WorkUnit] = {}
    left = list(rows)
    while left:
        level = [row for row in left if row[1] in known]
        if not level:
            raise ValueError(left[0][1])
        # Unique and never shown: stands only until the id is known, in the same transaction.
        units = [
            WorkUnit(**fields, parent=known[code], path=f"new-{fields['code']}") for fields, code in level
        ]
        WorkUnit.objects.bulk_create(units)
        for unit in units:
            unit.path = path_of(unit.pk, unit.parent)
        WorkUnit.objects.bulk_update(units, ["path"], batch_size=1000)
        made |= {unit.code: unit for unit in units}
        known |= made
        left = [row for row in left if row[0]["code"] not in made]
    return [made[fields["code"]] for fields, _code in rows]


def move(unit: WorkUnit, parent: WorkUnit) -> None:
    """Hang a unit with all below it under ``parent``; the caller holds the lock and has ruled out a cycle."""
    new = path_of(unit.pk, parent)
    repath(WorkUnit, unit.path, new)
    WorkUnit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.parent, unit.path = parent, new


def lock_tree(model: type[Model]) -> None:
    """The lock of one tree, held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"tree.{model._meta.label}"])


def fits(model: type[Model], old: str, new: str) -> bool:
    """Whether the longest path of a subtree still fits into the column after the move."""
    below = model._default_manager.filter(path__startswith=old)
    longest = (
        below.annotate(length=Length("path")).order_by("-length").values_list("length", flat=True).first()
    )
    return (longest or len(old)) - len(old) + len(new) <= LONGEST


def repath(model: type[Model], old: str, new: str) -> int:
    """Replace the beginning ``old`` of every path by ``new``, in one statement; returns how many rows."""
    rows = model._default_manager.filter(path__startswith=old)
    return int(rows.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1))))
