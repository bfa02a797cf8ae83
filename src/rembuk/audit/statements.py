"""The INSERT into the audit table in parts, for actions that write in one statement (votes).

Everybody else calls ``actions.record``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from rembuk.logbook import context

from . import sendings
from .actors import CHANNELS, Actor, network_of
from .verbs import Verb, known

type Facts = Mapping[str, Any]

_VALUE_BY_COLUMN = {
    "at": "coalesce(%(audit_at)s::timestamptz, clock_timestamp())",
    "verb": "%(audit_verb)s",
    "actor_person_id": "%(audit_person_id)s::bigint",
    "actor_label": "%(audit_label)s",
    "actor_roles": "%(audit_roles)s::text[]",
    "actor_unit_id": "%(audit_unit_id)s::bigint",
    "actor_unit_code": "%(audit_unit_code)s",
    "on_behalf_of": "%(audit_on_behalf_of)s",
    "channel": "%(audit_channel)s",
    "address": "%(audit_address)s",
    "request_id": "%(audit_request_id)s",
    "target_kind": "%(audit_target_kind)s",
    "target_key": "%(audit_target_key)s",
    "target_unit_id": "%(audit_target_unit_id)s::bigint",
    "target_unit_path": "%(audit_target_unit_path)s",
    "before": "%(audit_before)s::jsonb",
    "after": "%(audit_after)s::jsonb",
    "reason": "%(audit_reason)s",
    "bulk": "%(audit_bulk)s",
}
COLUMNS = ", ".join(_VALUE_BY_COLUMN)
VALUES = ", ".join(_VALUE_BY_COLUMN.values())
"""For ``INSERT INTO audit_entry (COLUMNS) SELECT VALUES FROM ...``; ``params`` fills the placeholders."""

# What a waiting entry holds, by the columns of the trail; what is empty is left out.
_WAITING = {
    "verb": "audit_verb",
    "actor_label": "audit_label",
    "actor_roles": "audit_roles",
    "actor_unit_id": "audit_unit_id",
    "actor_unit_code": "audit_unit_code",
    "on_behalf_of": "audit_on_behalf_of",
    "channel": "audit_channel",
    "address": "audit_address",
    "request_id": "audit_request_id",
    "target_kind": "audit_target_kind",
    "target_key": "audit_target_key",
    "target_unit_id": "audit_target_unit_id",
    "target_unit_path": "audit_target_unit_path",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What was acted on: its kind, its public code (or id), and the unit it belongs to.

    ``unit_path`` is the path of the unit in the tree, so that a unit's trail includes those below it. ``shown_by`` is the kind
    and the code of the proposal, programme or consultation whose pages show what has none of its own, such as a comment.
    """

    kind: str
    key: str
    unit_id: int | None = None
    unit_path: str = ""
    shown_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Named fields before and after, why, and the mark that joins the entries of one bulk decision."""

    before: Facts | None = None
    after: Facts | None = None
    reason: str = ""
    bulk: str = ""


def params(
    verb: Verb | str, by: Actor, target: Target, change: Change, at: datetime | None
) -> dict[str, Any]:
    """The values for ``VALUES``; whoever takes them does the deed.

    Raises:
        UnknownVerb: for a deed that is not registered.
    """
    deed = known(str(verb))
    if deed.is_repeatable:
        sendings.note_repeatable()
    changed_kind, changed_key = target.shown_by or (target.kind, str(target.key))
    return {
        "audit_at": at,
        "audit_verb": deed.key,
        "audit_person_id": by.person_id,
        "audit_label": "" if by.is_person else by.label,
        "audit_roles": list(by.roles),
        "audit_unit_id": by.unit_id,
        "audit_unit_code": by.unit_code,
        "audit_on_behalf_of": by.on_behalf_of,
        "audit_channel": by.channel,
        "audit_address": network_of(by.address),
        "audit_request_id": context.request_id(),
        "audit_target_kind": target.kind,
        "audit_target_key": str(target.key),
        "audit_target_unit_id": target.unit_id,
        "audit_target_unit_path": str(target.unit_path),
        "audit_before": _json(change.before),
        "audit_after": _json(change.after),
        "audit_reason": str(change.reason),
        "audit_bulk": change.bulk,
        "audit_changed_kind": changed_kind,
        "audit_changed_key": changed_key,
    }


def waiting(verb: Verb | str, by: Actor, target: Target) -> str:
    """The entry as ``models.WaitingEntry.entry`` holds it, in JSON; instant and person have columns of their own there.

    Raises:
        UnknownVerb: for a deed that is not registered.
        ValueError: for a channel that the trail would refuse when it takes the entry over.
    """
    if by.channel not in CHANNELS:
        raise ValueError(by.channel)
    values = params(verb, by, target, Change(), None)
    return json.dumps({column: values[name] for column, name in _WAITING.items() if values[name]})


def _json(facts: Facts | None) -> str | None:
    return None if facts is None else json.dumps(dict(facts), cls=DjangoJSONEncoder, ensure_ascii=False)
