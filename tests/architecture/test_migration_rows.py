"""No migration changes the rows of a table that a site may have filled, other than in batches.

squawk doesn't read this: an UPDATE in ``RunSQL``, or whatever ``RunPython`` does, rewrites a table in one transaction, keeps its
rows locked until the end, and whoever votes meanwhile waits.
"""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations import AddField, CreateModel, Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

from tests.architecture.migration_rows import row_steps
from tests.architecture.test_migrations import own_migrations
from tests.scale.plans import SMALL

# «app.name»: the tables whose rows it changes, all of which stay small (tests/scale/plans.py).
ON_SMALL_TABLES: dict[str, set[str]] = {
    "audit.0001_initial": set(),  # asks a function, which makes the months of a trail that has no entry yet
}
# «app.name»: how it goes through a big table: in which batches, each in a transaction of its own (``atomic = False``).
IN_BATCHES: dict[str, str] = {}


def undeclared(name: str, migration: Migration) -> list[str]:
    """The steps of a migration on rows that no list allows."""
    on_small = name in ON_SMALL_TABLES and ON_SMALL_TABLES[name] <= SMALL.keys()
    in_batches = name in IN_BATCHES and not migration.atomic
    return [] if on_small or in_batches else row_steps(migration)


@pytest.mark.django_db
def test_migrations_change_no_rows_of_a_big_table_at_once() -> None:
    every = dict(own_migrations())
    assert len(every) > 15
    assert {name: found for name, one in every.items() if (found := undeclared(name, one))} == {}


@pytest.mark.django_db
def test_what_is_allowed_is_still_needed() -> None:
    needed = {name for name, migration in own_migrations() if row_steps(migration)}
    assert (ON_SMALL_TABLES.keys() | IN_BATCHES.keys()) - needed == set()


def migration(*steps: Operation, is_atomic: bool = True) -> Migration:
    """A migration of votes with these steps."""
    made = Migration("x", "engagement")
    made.operations, made.atomic = list(steps), is_atomic
    return made


def fill(_apps: object, _editor: object) -> None:
    """What a data migration would do."""


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE "engagement_vote" SET "value" = 1;',
        "update only engagement_vote set value = 1",
        "DELETE FROM public.engagement_vote",
        "UPDATE taxonomy_category SET name = p.title FROM proposals_proposal p WHERE p.category_id = taxonomy_category.id",
        "INSERT INTO taxonomy_category (name) SELECT title FROM proposals_proposal",
        "-- only a word\nUPDATE engagement_vote SET value = 1",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$; UPDATE engagement_vote SET value = f();",
        "COMMENT ON TABLE engagement_vote IS 'a; b'; UPDATE engagement_vote SET value = 1",
        "WITH gone AS (DELETE FROM engagement_vote RETURNING id) SELECT count(*) FROM gone",
        "DO $$ BEGIN UPDATE engagement_vote SET value = 1; END $$",
        "SELECT rewrite_everything()",
        "CALL rewrite_everything()",
        "UPDATE audit.entry_2026_01 SET verb = ''",
        "UPDATE a_table_that_nobody_knows SET x = 1",
        "ALTER TABLE engagement_vote SET UNLOGGED",
        "ALTER TABLE engagement_vote SET TABLESPACE fast",
        "CREATE TABLE copy AS SELECT * FROM engagement_vote",
        "REFRESH MATERIALIZED VIEW all_of_it",
        "VACUUM FULL engagement_vote",
        "CLUSTER engagement_vote",
        "LOCK TABLE engagement_vote",
        "TRUNCATE engagement_vote",
    ],
)
def test_sql_on_big_tables_or_on_what_cannot_be_told_is_refused(sql: str) -> None:
    assert len(row_steps(migration(RunSQL(sql)))) == 1
    assert row_steps(migration(RunSQL([(sql, None)])))
    assert row_steps(migration(SeparateDatabaseAndState([RunSQL([sql])])))


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "UPDATE taxonomy_category SET name_en = name WHERE name_en = ''",
        'DELETE FROM "access_role" WHERE "slug" = \'engagement_vote\'',
        "CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN DELETE FROM engagement_vote; END $f$",
        "CREATE TRIGGER t BEFORE UPDATE ON engagement_vote FOR EACH ROW EXECUTE FUNCTION f(); DROP FUNCTION g",
        "CREATE TABLE new (id bigint GENERATED ALWAYS AS IDENTITY)",
        "ALTER TABLE engagement_vote ADD CONSTRAINT c CHECK (value < 4) NOT VALID",
        "ALTER TABLE engagement_vote SET (fillfactor = 80)",
        "ALTER TABLE siteconfig_setting SET UNLOGGED",
        "GRANT SELECT ON engagement_vote TO rembuk_app",
    ],
)
def test_definitions_and_small_tables_pass(sql: str) -> None:
    assert row_steps(migration(RunSQL(sql))) == []


def test_table_of_the_same_migration_is_empty() -> None:
    step = RunSQL(
        "ALTER TABLE engagement_ballot SET UNLOGGED; INSERT INTO engagement_ballot (kind) VALUES (1)"
    )
    made = CreateModel("Ballot", [("id", models.BigAutoField(primary_key=True))])
    assert apps.get_model("engagement", "Ballot")._meta.db_table == "engagement_ballot"
    assert row_steps(migration(made, step)) == []
    assert len(row_steps(migration(step))) == 2


class Rewrite(Operation):
    """An operation of somebody's own."""


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([RunPython(fill)], ["RunPython fill"]),
        ([RunPython(RunPython.noop, fill)], []),
        ([SeparateDatabaseAndState([RunPython(fill)])], ["RunPython fill"]),
        ([Rewrite()], ["Rewrite"]),
        ([AddField("vote", "extra", models.TextField(null=True))], []),
    ],
)
def test_code_is_refused_whatever_it_does(steps: list[Operation], found: list[str]) -> None:
    assert row_steps(migration(*steps)) == found


def test_declared_batches_need_transactions_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(IN_BATCHES, "engagement.x", "a thousand votes each")
    assert undeclared("engagement.x", migration(RunPython(fill))) == ["RunPython fill"]
    assert undeclared("engagement.x", migration(RunPython(fill), is_atomic=False)) == []
    assert undeclared("engagement.y", migration(RunPython(fill), is_atomic=False)) == ["RunPython fill"]


@pytest.mark.parametrize(
    ("tables", "is_allowed"), [({"access_role"}, True), ({"access_role", "engagement_vote"}, False)]
)
def test_declared_small_tables_have_to_be_small(
    tables: set[str], is_allowed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ON_SMALL_TABLES, "engagement.x", tables)
    assert (undeclared("engagement.x", migration(RunPython(fill))) == []) is is_allowed
