"""Statements that Django composes once: pages ask the same with other values, and composing takes longer than the answer.

A query set says what is asked, with ``Given`` where a value comes later; its SQL is kept for as long as the process
lives, and the rows come back as Django reads them. Only for what always has the same shape: a filter that is there for
some readers only makes another statement. PostgreSQL keeps it with its plan, in each connection.
Why: docs/decisions/0066-kept-pieces.md.
"""

import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from psycopg.types.numeric import Int8


class Given(Value):
    """A value that is told by its name when the statement is asked; of a model it is the primary key."""

    def __init__(self, name: str) -> None:
        super().__init__(name)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A place for it; the parameter is this itself."""
        return "%s", [self]


class AnyGiven(Given):
    """Any of a list of values: what ``__in`` is with values that are known."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A place for the list, which is one parameter however long it is."""
        return "ANY(%s)", [self]


@dataclass(frozen=True, slots=True)
class _Statement:
    queryset: Any
    compiler: SQLCompiler
    sql: str
    names: tuple[str, ...]
    converters: dict[int, Any]


class Composed[Row]:
    """What ``build`` asks for. It is called once, when first needed."""

    def __init__(self, build: Callable[[], QuerySet[Any, Row]]) -> None:
        self._build = build
        self._made: _Statement | None = None

    def rows(self, **given: Any) -> list[Row]:
        """The rows for these values, in one query."""
        # Two threads at once compose it twice, and the same.
        self._made = made = self._made or _composed(self._build())
        return list(_iterable(made.queryset)(_Asked(made, given)))


class _Asked:
    """What Django's iterables read of a query set, with a compiler that has its SQL already."""

    def __init__(self, made: _Statement, given: dict[str, Any]) -> None:
        self.db = DEFAULT_DB_ALIAS
        self.query = self
        self._made = made
        self._params = tuple(_bound(given[name]) for name in made.names)

    def __getattr__(self, name: str) -> Any:
        kept = self._made.queryset
        return getattr(kept, name) if name.startswith("_") else getattr(kept.query, name)

    def get_compiler(self, using: str) -> SQLCompiler:
        compiler = copy(self._made.compiler)
        setattr(compiler, "connection", _Preparing(connections[using]))  # noqa: B010
        setattr(compiler, "as_sql", lambda: (self._made.sql, self._params))  # noqa: B010
        setattr(compiler, "get_converters", lambda _fields: self._made.converters)  # noqa: B010
        return compiler


class _Preparing:
    """A connection whose cursors let the server keep the statement."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.cursor = connection.prepared_cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _bound(value: Any) -> Any:
    """Whole numbers always as ``bigint``: by their size they would be of three types, and the statement three statements."""
    if isinstance(value, list):
        return [_bound(each) for each in value]
    return Int8(value) if type(value) is int else value


def _iterable(queryset: Any) -> Callable[[_Asked], Iterable[Any]]:
    found: Callable[[_Asked], Iterable[Any]] = queryset._iterable_class
    return found


def _composed(queryset: Any) -> _Statement:
    if queryset._prefetch_related_lookups:
        raise ValueError("A composed statement is one query; it can't prefetch.")
    compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    names = tuple(part.value for part in params if isinstance(part, Given))
    fields = [expression for expression, *_rest in compiler.select[: compiler.col_count]]
    return _Statement(
        queryset, compiler, _with_constants(sql, params), names, compiler.get_converters(fields)
    )


def _with_constants(sql: str, params: Iterable[Any]) -> str:
    """The same with what never changes written out: of a parameter the planner would not know which partial index holds it."""
    values = iter(params)
    operations: Any = connections[DEFAULT_DB_ALIAS].ops

    def written(place: re.Match[str]) -> str:
        if place[0] == "%%" or isinstance(value := next(values), Given):
            return place[0]
        literal: str = operations.compose_sql("%s", [value])
        return literal.replace("%", "%%")

    return re.sub("%[%s]", written, sql)
