"""Audit entries as the actions would have written them."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from psycopg.types.json import Jsonb

from rembuk.ops.scale.people import Office
from rembuk.ops.scale.rows import Loader
from rembuk.workunits.models import WorkUnit

_COLUMNS = [
    "at", "verb", "actor_person_id", "actor_roles", "actor_unit_id", "actor_unit_code", "channel", "target_kind",
    "target_key", "target_unit_id", "target_unit_path", "before", "after", "reason",
]  # fmt: skip


class Deed(NamedTuple):
    """One entry: who did what to which thing of which unit; ``office`` is that of staff."""

    at: datetime
    verb: str
    person: int
    kind: str
    key: str
    unit: WorkUnit
    office: Office | None = None
    before: dict[str, object] | None = None
    after: dict[str, object] | None = None
    reason: str = ""


def write(loader: Loader, deeds: Iterable[Deed]) -> int:
    """Write entries into the partitions of their months."""
    return loader.copy_values("audit_entry", _COLUMNS, (_values(deed) for deed in deeds))


def _values(deed: Deed) -> list[object]:
    office = deed.office
    role = "" if office is None else "moderator" if deed.person == office.moderator else "unit-admin"
    return [
        deed.at,
        deed.verb,
        deed.person,
        [role] if role else [],
        office.unit.pk if office else None,
        office.unit.code if office else "",
        "web",
        deed.kind,
        deed.key,
        deed.unit.pk,
        deed.unit.path,
        None if deed.before is None else Jsonb(deed.before),
        None if deed.after is None else Jsonb(deed.after),
        deed.reason,
    ]
