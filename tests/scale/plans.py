"""What pages ask of the database, and which parts of the plans read a big table from end to end.

A plan is asked for with ``enable_seqscan = off``: the planner then takes any index that fits, however few rows there
are, and a sequential scan that is left has none.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, connections, transaction

# Each stays small whatever the size of the site. Every other table of a model is big: a new one counts as big by itself.
SMALL = {
    "access_role": "roles: seeded, a few of one's own",
    "auth_group": "unused, of Django",
    "auth_group_permissions": "unused, of Django",
    "auth_permission": "one row for each model and right, of Django",
    "django_content_type": "one row for each model, of Django",
    "engagement_codeseries": "one row for each kind of code and year",
    "procrastinate_periodic_defers": "one row for each recurring job",
    "procrastinate_workers": "one row for each running worker",
    "programs_kindofphase": "kinds of phases: a managed list",
    "programs_phasetemplate": "templates of phases: a managed list",
    "programs_templatephase": "a few phases in each template",
    "siteconfig_pagetext": "versions of the site's own pages",
    "siteconfig_setting": "one row for each setting",
    "taxonomy_category": "categories: a managed list",
    "taxonomy_formerslug": "one row for each renamed category",
    "taxonomy_reasoncode": "reasons: a managed list",
    "taxonomy_texttemplate": "templates of texts: a managed list",
    "workdays_holiday": "some twenty days a year",
    "workunits_formercode": "one row for each renamed work unit",
    "workunits_workunit": "the tree of work units: some hundreds, of which choices read all",
}
# Without these a sort that is left has no index whose order would serve, and no LIMIT cuts it short.
_ROUNDABOUT = ("seqscan", "bitmapscan", "sort", "incremental_sort", "hashjoin", "mergejoin", "hashagg")
_MANY = re.compile(r"\((?:%s, )+%s\)")
_VALUES = re.compile(r"'[^']*'|\b\d+\b")


def big_tables() -> frozenset[str]:
    """The tables of all models that may grow with the site."""
    return (
        frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True)) - SMALL.keys()
    )


@dataclass(slots=True)
class Statement:
    """One statement as it was sent, and the page that sent it first."""

    sql: str
    params: Any
    page: str

    @property
    def shape(self) -> str:
        """The statement without its values, so that a longer list of keys is the same one."""
        return _MANY.sub("(%s)", self.sql)


@dataclass(slots=True)
class Listener:
    """Keeps the statements of pages: of each shape a few, since what is asked for may decide about the index."""

    page: str = ""
    most: int = 3
    heard: dict[str, dict[str, Statement]] = field(default_factory=dict)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and sql.lstrip("( \n").upper().startswith(
            ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")
        ):
            said = Statement(sql, params, self.page)
            kept = self.heard.setdefault(said.shape, {})
            if len(kept) < self.most:
                kept.setdefault(repr(params), said)
        return execute(sql, params, many, context)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear what the application's connection sends."""
        with connection.execute_wrapper(self):
            yield

    @property
    def statements(self) -> list[Statement]:
        """All that are kept."""
        return [said for kept in self.heard.values() for said in kept.values()]


@dataclass(frozen=True, slots=True)
class Scan:
    """A part of a plan that reads a whole table; ``filter`` is what it keeps of the rows, values left out."""

    table: str
    filter: str

    def __str__(self) -> str:
        return f"{self.table} {self.filter}".strip()


class Planner:
    """Asks for plans on the owner's connection, so that a test may drop an index and take it back."""

    def __init__(self) -> None:
        self._big = big_tables()
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT inhrelid::regclass::text, inhparent::regclass::text FROM pg_inherits")
            self._whole: dict[str, str] = dict(cursor.fetchall())

    def scans(self, said: Statement) -> list[Scan]:
        """The sequential scans over big tables that no index can take the place of."""
        return sorted(set(self._found(_plan(said, ["seqscan"]))), key=str)

    def sorts(self, said: Statement) -> bool:
        """Whether its rows have to be sorted before the first of them is known."""
        return any(node["Node Type"] == "Sort" for node in _outer(_plan(said, _ROUNDABOUT)))

    def _found(self, node: dict[str, Any]) -> Iterator[Scan]:
        table = node.get("Relation Name", "")
        table = self._whole.get(table, table)
        if node["Node Type"] == "Seq Scan" and table in self._big:
            yield Scan(table, _VALUES.sub("?", node.get("Filter", "")))
        for inner in node.get("Plans", ()):
            yield from self._found(inner)


def _plan(said: Statement, without: Sequence[str]) -> dict[str, Any]:
    """The plan of a statement where the planner does without some ways, if it can."""
    with connections["owner"].cursor() as cursor, transaction.atomic(using="owner"):
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {said.sql}", said.params)  # explains what a page sent
        plan: dict[str, Any] = cursor.fetchone()[0][0]["Plan"]
        transaction.set_rollback(True, using="owner")
    return plan


def _outer(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node and those that its rows come from, subqueries left out."""
    yield node
    for inner in node.get("Plans", ()):
        if inner["Parent Relationship"] == "Outer":
            yield from _outer(inner)
