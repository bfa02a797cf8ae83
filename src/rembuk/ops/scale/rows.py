"""Rows of a model on their way into the database: columns and defaults from the model, values by COPY."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connections, models
from psycopg import sql
from psycopg.types.json import Jsonb

OWNER = "owner"


class Loader:
    """Writes rows of models as the owner, and hands out their numbers."""

    def __init__(self) -> None:
        self._next: dict[str, Iterator[int]] = {}
        self.written: dict[str, int] = {}

    def number(self, model: type[models.Model]) -> int:
        """The next free number of a model's rows."""
        table = model._meta.db_table
        if table not in self._next:
            # Not by the owner's connection: a COPY may be under way on it.
            last = model._default_manager.aggregate(last=models.Max("pk"))["last"]
            self._next[table] = itertools.count((last or 0) + 1)
        return next(self._next[table])

    def copy(self, model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, into: str = "") -> int:
        """Write rows given by column; what is not given has the model's default. Returns how many.

        ``into`` names a table of the same shape to write to instead.
        """
        makers = [(name, _default_of(field)) for name, field in _fields_of(model)]
        values = ([row[name] if name in row else made() for name, made in makers] for row in rows)
        return self._copy(into or model._meta.db_table, columns_of(model), values)

    def copy_values(self, table: str, columns: list[str], rows: Iterable[Iterable[Any]]) -> int:
        """Write rows given as values in the order of the columns; the others are the database's defaults."""
        return self._copy(table, columns, rows)

    def _copy(self, table: str, columns: list[str], rows: Iterable[Iterable[Any]]) -> int:
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        count = 0
        with connections[OWNER].cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        if not table.startswith("scale_"):
            self.note(table, count)
        return count

    def note(self, table: str, count: int) -> None:
        """Count rows as written to a table."""
        self.written[table] = self.written.get(table, 0) + count

    def finish(self) -> None:
        """Let every series of numbers go on behind the rows written, and give the planner its statistics."""
        with connections[OWNER].cursor() as cursor:
            for table in self._next:
                cursor.execute(
                    sql.SQL(
                        "SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))"
                    ).format(sql.Literal(table), sql.Identifier(table))
                )
            for table in sorted(self.written):
                cursor.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns of a model's table, but those the database makes itself."""
    return [name for name, _field in _fields_of(model)]


def _fields_of(model: type[models.Model]) -> "list[tuple[str, models.Field[Any, Any]]]":
    fields = model._meta.local_concrete_fields
    return [(field.column, field) for field in fields if field.column and not field.generated]


@contextmanager
def bare(*tables: str) -> Iterator[None]:
    """Without indexes that only speed up and without foreign keys while a large table is filled; then made again."""
    with connections[OWNER].cursor() as cursor:
        found = [(table, *_built_upon(cursor, table)) for table in tables]
        for table, keys, indexes in found:
            for name, _definition in keys:
                cursor.execute(_alter(table, "DROP CONSTRAINT {}", name))
            for name, _definition in indexes:
                cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for table, keys, indexes in found:
            for _name, definition in indexes:
                cursor.execute(definition)
            for name, definition in keys:
                cursor.execute(_alter(table, "ADD CONSTRAINT {} " + definition, name))


def _built_upon(cursor: Any, table: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
        [table],
    )
    keys = cursor.fetchall()
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = %s::regclass AND NOT indisunique",
        [table],
    )
    return keys, cursor.fetchall()


def _alter(table: str, change: str, name: str) -> sql.Composed:
    return sql.SQL("ALTER TABLE {} " + change).format(sql.Identifier(table), sql.Identifier(name))


def _default_of(field: "models.Field[Any, Any]") -> Callable[[], Any]:
    if field.has_default():
        made = field.get_default
        return (lambda: Jsonb(made())) if isinstance(field, models.JSONField) else made
    if field.null or field.primary_key:
        return lambda: None
    return lambda: ""
