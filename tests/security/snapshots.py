"""Every row of every table as JSON, and what a request changed in them, told so that two runs can be compared."""

import json
import re
from collections import Counter, defaultdict
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

# Bookkeeping of requests, and reference rows that no form reaches.
LEFT_OUT = {"django_session", "cache_entry", "accounts_limit", "regions_region", "usersessions_usersession"}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_LONG = re.compile(r"[0-9a-f]{32,}|(?<=-)[0-9a-f]{12}(?![0-9a-f])|argon2\$\S+|[A-Za-z0-9_-]{40,}")

# What an act writes about itself.
ABOUT_ACTS = {
    "audit_entry": {"verb", "actor_id", "actor_roles", "reason", "target_kind", "on_behalf_of", "channel"},
    "notifications_event": {"kind"},
    "notifications_notice": set(),
    "notifications_delivery": {"state"},
    "audit_visiblechange": {"kind"},
}

# Drawn at random, and short.
DRAWN = {("accounts_person", "sign_in_name")}

type Rows = dict[str, dict[str, str]]
"""Table, key of the row, its columns as JSON."""


@cache
def tables() -> dict[str, str]:
    """The column of the key of every table."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and meta.db_table not in LEFT_OUT and meta.pk is not None:
            found[meta.db_table] = str(meta.pk.column)
    return found


def snapshot() -> Rows:
    """All rows, in one query."""
    return _rows(tables())


def snapshot_since(before: Rows, mark: dict[str, int]) -> Rows:
    """All rows, where ``before`` stood when ``mark`` was taken: only tables that were written to since are read again."""
    written = {table for table, count in writes().items() if count != mark.get(table)}
    return {**before, **_rows({table: key for table, key in tables().items() if table in written})}


def writes() -> dict[str, int]:
    """How often this transaction has written to each table, as PostgreSQL counts it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(pg_partition_root(relid), relid)::regclass::text,"
            " sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint FROM pg_stat_xact_user_tables GROUP BY 1"
        )
        return dict(cursor.fetchall())


def _rows(wanted: dict[str, str]) -> Rows:
    parts = [
        f'SELECT \'{table}\', "{key}"::text, to_jsonb(t)::text FROM "{table}" t'
        for table, key in wanted.items()
    ]
    rows: Rows = {table: {} for table in wanted}
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts))
            for table, key, text in cursor.fetchall():
                rows[table][key] = text
    return rows


@cache
def _targets() -> dict[tuple[str, str], str]:
    """Where each foreign key points."""
    return {
        (model._meta.db_table, str(field.column)): field.related_model._meta.db_table  # type: ignore[union-attr]
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is not None
    }


def difference(before: Rows, after: Rows) -> dict[str, Counter[str]]:
    """By table what came, went and changed; keys, instants and random values that are new are told as such.

    Of what an act writes about itself (``ABOUT_ACTS``) only the columns there are told: the others name new keys in words.
    """
    fresh = {table: rows.keys() - before.get(table, {}).keys() for table, rows in after.items()}
    known = {text for rows in before.values() for row in rows.values() for text in _UUID.findall(row)}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for table in before.keys() | after.keys():
        old, new = before.get(table, {}), after.get(table, {})
        for key in old.keys() | new.keys():
            if old.get(key) != new.get(key):
                columns = _changed(table, old.get(key), new.get(key), fresh, known)
                what = "came" if key not in old else "went" if key not in new else "changed"
                name = "new" if key in fresh.get(table, ()) else key
                found[table][f"{what} {name}: {json.dumps(columns, ensure_ascii=False, sort_keys=True)}"] += 1
    return dict(found)


def _changed(
    table: str, old: str | None, new: str | None, fresh: dict[str, set[str]], known: set[str]
) -> dict[str, Any]:
    was, now = (json.loads(row) if row else {} for row in (old, new))
    told = ABOUT_ACTS.get(table)
    return {
        name: "<new>" if str(now.get(name)) in _new_keys(table, name, fresh) else _plain(now.get(name), known)
        for name in sorted(was.keys() | now.keys())
        if (was.get(name) != now.get(name) or not old)
        and (told is None or name in told)
        and (table, name) not in DRAWN
    }


def _new_keys(table: str, column: str, fresh: dict[str, set[str]]) -> set[str]:
    """The keys of rows that came, in the table that the column points to; its own for the key."""
    target = table if column == tables().get(table) else _targets().get((table, column), "")
    return fresh.get(target, set())


def _plain(value: Any, known: set[str]) -> Any:
    """A value without what differs between two runs of the same."""
    if isinstance(value, dict):
        return {str(_plain(key, known)): _plain(one, known) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, known) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    text = _INSTANT.sub("<instant>", str(value))
    text = _UUID.sub(lambda found: found[0] if found[0] in known else "<random>", text)
    return _LONG.sub("<random>", text)
