"""Audit entries as the actions would have written them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from psycopg.types.json import Jsonb

from rembuk.ops.scale.rows import Loader
from rembuk.workunits.models import WorkUnit

_COLUMNS = [
    "at", "verb", "actor_person_id", "actor_label", "actor_roles", "actor_unit_id", "actor_unit_code", "channel",
    "target_kind", "target_key", "target_unit_id", "target_unit_path", "before", "after", "reason",
]  # fmt: skip
_COMMAND = "seed"
_dumps = partial(json.dumps, cls=DjangoJSONEncoder)


@dataclass(frozen=True, slots=True)
class Office:
    """A work unit with the two of its staff who act."""

    unit: WorkUnit
    head: int
    moderator: int

    def role_of(self, person: int) -> str:
        """The role that one of the two acts by."""
        if person == self.moderator:
            return "moderator"
        return "unit-admin" if self.unit.parent_id else "administrator"


class Deed(NamedTuple):
    """One entry: who did what to which thing of which unit; ``office`` is that of staff, and nobody the command itself."""

    at: datetime
    verb: str
    person: int | None
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
    return [
        deed.at,
        deed.verb,
        deed.person,
        "" if deed.person else _COMMAND,
        [office.role_of(deed.person)] if office and deed.person else [],
        office.unit.pk if office else None,
        office.unit.code if office else "",
        "web" if deed.person else "command",
        deed.kind,
        deed.key,
        deed.unit.pk,
        deed.unit.path,
        _facts(deed.before),
        _facts(deed.after),
        deed.reason,
    ]


def _facts(facts: dict[str, object] | None) -> Jsonb | None:
    return None if facts is None else Jsonb(facts, dumps=_dumps)
