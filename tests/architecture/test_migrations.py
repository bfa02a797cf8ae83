"""No migration rewrites or locks a table that a site may have filled (linter: squawk).

One that is safe although the linter refuses it, or that works on a table which stays small, stands in ``SAFE`` with the
reason. What steps do with rows: ``test_migration_rows.py``.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.postgres import operations as django_operations
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations import AddField, AddIndex, Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently
from tests.architecture.migration_rows import steps_of

pytestmark = pytest.mark.django_db
SQUAWK = Path(sys.executable).parent / "squawk"
# «app.name»: why it may stay as it is.
SAFE: dict[str, str] = {}
# Matters of taste, what `./rembuk migrate` sees to itself (ops/migrating.py), and the BEGIN that sqlmigrate writes.
NOT_ASKED = (
    "prefer-bigint-over-int", "prefer-bigint-over-smallint", "prefer-identity", "prefer-text-field", "prefer-robust-stmts",
    "require-lock-timeout", "require-statement-timeout", "ban-char-field", "transaction-nesting",
)  # fmt: skip

OURS = (AddIndexConcurrently, RemoveIndexConcurrently)
REPEATABLE = (*OURS, django_operations.CreateExtension)


def refusals(sql: str, *, is_atomic: bool = True) -> list[str]:
    """The names of the rules that a statement or more break."""
    command = [str(SQUAWK), "--pg-version", "16", "--reporter", "gcc", "--exclude", ",".join(NOT_ASKED)]
    command += ["--assume-in-transaction"] if is_atomic else []
    ran = subprocess.run(
        [*command, "--stdin-filepath", "x.sql"], input=sql, capture_output=True, text=True, check=False
    )
    assert ran.returncode in (0, 1), ran.stderr
    return [line.split("warning: ")[1].split()[0] for line in ran.stdout.splitlines() if "warning: " in line]


def own_migrations() -> Iterator[tuple[str, Migration]]:
    """Every migration of ours as «app.name»."""
    for (app, name), migration in sorted(MigrationLoader(connection).disk_migrations.items()):
        if type(migration).__module__.startswith("rembuk."):
            yield f"{app}.{name}", migration


def unrepeatable(migration: Migration) -> list[str]:
    """The steps of a migration that, once broken, would fail or leave something behind when `migrate` is run again."""
    steps = list(steps_of(migration.operations))
    wrong = [step for step in steps if is_concurrent(step) and not isinstance(step, OURS)]
    if not migration.atomic and len(steps) > 1:
        wrong += [step for step in steps if not isinstance(step, REPEATABLE) and step not in wrong]
    return [type(step).__name__ for step in wrong]


def is_concurrent(step: Operation) -> bool:
    """Whether a step builds or drops an index CONCURRENTLY."""
    if isinstance(step, RunSQL):
        return re.search(r"INDEX\s+CONCURRENTLY", str(step.sql), re.IGNORECASE) is not None
    return isinstance(step, django_operations.NotInTransactionMixin)


def test_migrations_may_be_run_again_wherever_they_broke() -> None:
    wrong = {name: found for name, migration in own_migrations() if (found := unrepeatable(migration))}
    assert wrong == {}


# Outside of a transaction: an index is built CONCURRENTLY in none, and Django refuses to write such SQL within one.
@pytest.mark.django_db(transaction=True)
def test_migrations_neither_rewrite_nor_lock_a_big_table() -> None:
    wrong = {}
    for name, migration in own_migrations():
        if name not in SAFE:
            out = StringIO()
            call_command("sqlmigrate", *name.split(".", 1), stdout=out)
            if found := refusals(out.getvalue(), is_atomic=migration.atomic):
                wrong[name] = found
    assert wrong == {}


def test_list_of_the_linter_names_migrations_that_exist() -> None:
    assert SAFE.keys() - {name for name, _migration in own_migrations()} == set()


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ('CREATE INDEX "x" ON "engagement_vote" ("value");', "require-concurrent-index-creation"),
        ('ALTER TABLE "engagement_vote" ADD COLUMN "b" bigint NOT NULL;', "adding-required-field"),
        ('ALTER TABLE "engagement_vote" ALTER COLUMN "value" TYPE bigint;', "changing-column-type"),
        ('ALTER TABLE "engagement_vote" ALTER COLUMN "value" SET NOT NULL;', "adding-not-nullable-field"),
        (
            'ALTER TABLE "engagement_vote" ADD CONSTRAINT "c" CHECK ("value" < 4);',
            "constraint-missing-not-valid",
        ),
        (
            'ALTER TABLE "engagement_vote" ADD CONSTRAINT "u" UNIQUE ("value");',
            "disallowed-unique-constraint",
        ),
        ('ALTER TABLE "engagement_vote" RENAME COLUMN "value" TO "w";', "renaming-column"),
    ],
)
def test_linter_refuses_what_holds_up_a_site(sql: str, rule: str) -> None:
    assert rule in refusals(sql)


@pytest.mark.parametrize(
    ("sql", "is_atomic"),
    [
        ('CREATE TABLE "neu" ("id" bigint NOT NULL PRIMARY KEY); CREATE INDEX "i" ON "neu" ("id");', True),
        ('CREATE INDEX CONCURRENTLY "x" ON "engagement_vote" ("value");', False),
        ('ALTER TABLE "engagement_vote" ADD COLUMN "b" bigint NULL;', True),
        ('ALTER TABLE "engagement_vote" ADD CONSTRAINT "c" CHECK ("value" < 4) NOT VALID;', True),
    ],
)
def test_linter_lets_pass_what_nobody_notices(sql: str, is_atomic: bool) -> None:
    assert refusals(sql, is_atomic=is_atomic) == []


INDEX = models.Index(fields=["title"], name="i")
COLUMN = AddField("program", "extra", models.TextField(null=True))


@pytest.mark.parametrize(
    ("steps", "is_atomic", "refused"),
    [
        ([django_operations.AddIndexConcurrently("program", INDEX)], False, ["AddIndexConcurrently"]),
        ([django_operations.RemoveIndexConcurrently("program", "i")], False, ["RemoveIndexConcurrently"]),
        (
            [SeparateDatabaseAndState([django_operations.AddIndexConcurrently("program", INDEX)])],
            False,
            ["AddIndexConcurrently"],
        ),
        ([RunSQL("create index  concurrently i ON programs_program (title)")], False, ["RunSQL"]),
        ([AddIndexConcurrently("program", INDEX), COLUMN], False, ["AddField"]),
        ([COLUMN, AddIndex("program", INDEX)], True, []),
        ([RunPython(RunPython.noop)], False, []),
        (
            [
                django_operations.TrigramExtension(),
                AddIndexConcurrently("program", INDEX),
                RemoveIndexConcurrently("program", "i"),
            ],
            False,
            [],
        ),
    ],
)
def test_steps_that_cannot_be_repeated_are_refused(
    steps: list[Operation], is_atomic: bool, refused: list[str]
) -> None:
    migration = Migration("x", "programs")
    migration.operations, migration.atomic = steps, is_atomic
    assert unrepeatable(migration) == refused
