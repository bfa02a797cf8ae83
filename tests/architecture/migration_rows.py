"""Which steps of a migration work on the rows of tables, as far as that can be read off them.

squawk reads definitions: locks, and columns that are written anew. What ``RunSQL`` and ``RunPython`` do with rows it lets pass.
A step is refused unless it can be seen to leave big tables alone; ``tests/scale/plans.py`` says which stay small.
"""

import re
from collections.abc import Iterator, Sequence

from django.db.migrations import CreateModel, Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

from tests.scale.plans import SMALL, big_tables

_UNREAD = re.compile(r"(\$\w*\$).*?\1|'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
# Definitions: these touch no row, or squawk reads them.
_DEFINES = re.compile(
    r"(?:CREATE|ALTER|DROP)(?: OR REPLACE)?(?: CONSTRAINT)? (?:AGGREGATE|CAST|COLLATION|DOMAIN|EXTENSION|FUNCTION|OPERATOR"
    r"|PROCEDURE|SCHEMA|SEQUENCE|STATISTICS|TEXT SEARCH|TRIGGER|TYPE|VIEW)\b"
    r"|(?:CREATE|ALTER|DROP)(?: UNIQUE)? INDEX\b|ALTER TABLE\b|DROP TABLE\b|COMMENT ON\b"
    r"|CREATE(?: UNLOGGED)? TABLE\b(?!.*\bAS \(? ?(?:SELECT|WITH|TABLE|VALUES|EXECUTE)\b)|GRANT\b|REVOKE\b|SET\b|RESET\b"
)
_WRITES_ANEW = re.compile(r"ALTER TABLE\b.*\bSET (?:LOGGED|UNLOGGED|TABLESPACE|ACCESS METHOD)\b")
_TARGET = re.compile(
    r"(?:UPDATE|DELETE FROM|INSERT INTO|TRUNCATE(?: TABLE)?|ALTER TABLE(?: IF EXISTS)?)(?: ONLY)? (?:PUBLIC\.)?(\w+)\b(?!\.)"
)
_KNOWN = ("django.", "rembuk.common.postgresql.")


def steps_of(operations: Sequence[Operation]) -> Iterator[Operation]:
    """What works on the database, also within ``SeparateDatabaseAndState``."""
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from steps_of(operation.database_operations)
        else:
            yield operation


def row_steps(migration: Migration) -> list[str]:
    """The steps that work on rows of a big table, or of which that cannot be told: a statement, or the kind of the step."""
    made = {
        _table(step, migration) for step in steps_of(migration.operations) if isinstance(step, CreateModel)
    }
    return [found for step in steps_of(migration.operations) for found in _refused(step, made)]


def _table(step: CreateModel, migration: Migration) -> str:
    return str(step.options.get("db_table") or f"{migration.app_label}_{step.name_lower}")


def _refused(step: Operation, made: set[str]) -> list[str]:
    if isinstance(step, RunSQL):
        return [said for said in statements(step.sql) if not is_harmless(said, made)]
    if isinstance(step, RunPython):
        return [] if step.code == RunPython.noop else [f"RunPython {step.code.__name__}"]
    return [] if type(step).__module__.startswith(_KNOWN) else [type(step).__name__]


def statements(sql: object) -> list[str]:
    """The statements of what ``RunSQL`` is given, in capitals, without quotes, comments, texts and bodies of functions."""
    if isinstance(sql, str):
        plain = _UNREAD.sub(" ", sql).replace('"', "").upper()
        return [" ".join(said.split()) for said in plain.split(";") if said.strip()]
    assert isinstance(sql, list | tuple)
    texts = (one if isinstance(one, str) else one[0] for one in sql)
    return [said for text in texts for said in statements(text)]


def is_harmless(said: str, made: set[str]) -> bool:
    """Whether a statement leaves the rows of big tables alone; those of tables that the same migration makes are none."""
    if _DEFINES.match(said) and not _WRITES_ANEW.match(said):
        return True
    target = _TARGET.match(said)
    others = big_tables() - made
    words = {word.lower() for word in re.findall(r"\w+", said)}
    return target is not None and target[1].lower() in SMALL.keys() | made and not words & others
