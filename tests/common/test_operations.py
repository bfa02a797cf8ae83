"""Indexes of migrations: built beside a report that takes its time, mended after a run that broke, left where they are."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
import pytest
from django.contrib.postgres import operations as django_operations
from django.db import connections, models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.utils import NotSupportedError, OperationalError

from rembuk.common.postgresql.operations import AddIndexConcurrently, RemoveIndexConcurrently

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
APP = "programs"
FIRST = models.Index(fields=["title"], name="probe_first")
SECOND = models.Index(fields=["code"], name="probe_second")
ADD_FIRST = AddIndexConcurrently("program", FIRST)
ADD_SECOND = AddIndexConcurrently("program", SECOND)
REMOVE_FIRST = RemoveIndexConcurrently("program", "probe_first")
Operations = Sequence[Any]


@pytest.fixture(autouse=True)
def _no_probes() -> Iterator[None]:
    yield
    _ask("DROP INDEX IF EXISTS probe_first, probe_second")


def _ask(statement: str) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _probes() -> dict[str, tuple[int, bool]]:
    """The indexes of these tests: which (oid), and whether valid."""
    rows = _ask(
        "SELECT relname, oid::bigint, indisvalid FROM pg_class JOIN pg_index ON indexrelid = oid WHERE relname LIKE 'probe\\_%'"
    )
    return {name: (oid, is_valid) for name, oid, is_valid in rows}


def _validity() -> dict[str, bool]:
    return {name: is_valid for name, (_oid, is_valid) in _probes().items()}


@cache
def _kept_state() -> Any:
    state = MigrationLoader(None).project_state()
    assert state.apps  # renders the models, which clones then share
    return state


def _state_of_the_code() -> Any:
    return _kept_state().clone()


def _run(
    steps: Operations, *, after: Operations = (), collect_sql: bool = False, backwards: bool = False
) -> Any:
    """Apply a migration of these steps as `migrate` does, on the state of the code and the steps ``after`` which it comes."""
    owner = connections["owner"]
    state = _state_of_the_code()
    for step in after:
        step.state_forwards(APP, state)
    migration = Migration("probe", APP)
    migration.operations, migration.atomic = list(steps), False
    with owner.schema_editor(collect_sql=collect_sql, atomic=False) as editor:
        (migration.unapply if backwards else migration.apply)(state, editor)
    return editor


def _hurried(steps: Operations, after: Operations) -> tuple[str | None, str]:
    """Apply with a short patience, in a thread; what broke it, and the patience after it."""
    try:
        _ask("SELECT set_config('lock_timeout', '20ms', false)")
        broken = None
        try:
            _run(steps, after=after)
        except OperationalError as error:
            broken = type(error.__cause__).__name__
        return broken, _ask("SELECT current_setting('lock_timeout')")[0][0]
    finally:
        connections["owner"].close()


@contextmanager
def _report(owner: psycopg.Connection) -> Iterator[None]:
    """A transaction that reads one instant, as pg_dump, an export and a report do."""
    owner.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    owner.execute("SELECT count(*) FROM programs_program")
    try:
        yield
    finally:
        owner.rollback()


@contextmanager
def _migrating(steps: Operations, after: Operations = ()) -> Iterator["Future[tuple[str | None, str]]"]:
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(_hurried, steps, after)


def _process_that_outwaited_its_patience(run: "Future[Any]", verb: str) -> int:
    """The process that has waited for other transactions far longer than ``lock_timeout``; fails if the run ends first."""
    while not run.done():
        found = _ask(
            "SELECT pid FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE datname = current_database() "
            "AND NOT granted AND locktype = 'virtualxid' "
            f"AND query LIKE '{verb} INDEX CONCURRENTLY%' AND waitstart < clock_timestamp() - interval '200 ms'"
        )
        if found:
            return int(found[0][0])
        time.sleep(0.02)
    raise AssertionError(run.result())


def test_index_waits_for_a_long_report_beyond_the_patience_and_is_built(owner: psycopg.Connection) -> None:
    with _report(owner), _migrating([ADD_FIRST]) as run:
        _process_that_outwaited_its_patience(run, "CREATE")
        owner.rollback()
    assert run.result() == (None, "20ms")
    assert _validity() == {"probe_first": True}


def test_invalid_index_that_djangos_own_operation_leaves_is_dropped_and_built_again(
    owner: psycopg.Connection,
) -> None:
    with _report(owner):
        # Again if autovacuum of the table was met before the report.
        while not _probes():
            with _migrating([django_operations.AddIndexConcurrently("program", FIRST)]) as run:
                broken, _patience = run.result()
    assert broken == "LockNotAvailable"
    assert _validity() == {"probe_first": False}
    left = _probes()["probe_first"][0]
    _run([ADD_FIRST])
    oid, is_valid = _probes()["probe_first"]
    assert is_valid
    assert oid != left


def test_migration_that_breaks_in_its_second_index_is_repeated_and_keeps_the_first(
    owner: psycopg.Connection,
) -> None:
    _run([ADD_FIRST])
    first = _probes()["probe_first"]
    with _report(owner), _migrating([ADD_FIRST, ADD_SECOND]) as run:
        pid = _process_that_outwaited_its_patience(run, "CREATE")
        _ask(f"SELECT pg_cancel_backend({pid})")
        assert run.result() == ("QueryCanceled", "20ms")
    assert _validity() == {"probe_first": True, "probe_second": False}
    _run([ADD_FIRST, ADD_SECOND])
    assert _validity() == {"probe_first": True, "probe_second": True}
    assert _probes()["probe_first"] == first


def test_connection_that_is_cut_tells_its_own_error(owner: psycopg.Connection) -> None:
    with _report(owner), ThreadPoolExecutor(1) as pool:
        run = pool.submit(_run_and_close, [ADD_FIRST])
        pid = _process_that_outwaited_its_patience(run, "CREATE")
        _ask(f"SELECT pg_terminate_backend({pid})")
        assert isinstance(run.exception(), OperationalError)
        assert "terminating connection" in str(run.exception())


def _run_and_close(steps: Operations) -> None:
    try:
        _run(steps)
    finally:
        connections["owner"].close()


def test_index_of_that_name_on_another_table_is_not_taken_for_it() -> None:
    _ask("CREATE INDEX probe_first ON programs_phase (id)")
    with pytest.raises(Exception, match='relation "probe_first" already exists'):
        _run([ADD_FIRST])


def test_removal_waits_for_a_long_report_beyond_the_patience_and_may_be_repeated(
    owner: psycopg.Connection,
) -> None:
    _run([ADD_FIRST])
    with _report(owner), _migrating([REMOVE_FIRST], after=[ADD_FIRST]) as run:
        _process_that_outwaited_its_patience(run, "DROP")
        owner.rollback()
    assert run.result() == (None, "20ms")
    assert _probes() == {}
    _run([REMOVE_FIRST], after=[ADD_FIRST])


def test_way_back_drops_what_was_added_and_builds_what_was_removed_each_again_if_need_be() -> None:
    for _once_and_again in range(2):
        _run([REMOVE_FIRST], after=[ADD_FIRST], backwards=True)
        assert _validity() == {"probe_first": True}
    for _once_and_again in range(2):
        _run([ADD_FIRST], backwards=True)
        assert _probes() == {}


@pytest.mark.parametrize("step", [ADD_FIRST, REMOVE_FIRST])
def test_in_a_transaction_nothing_is_done(step: Any) -> None:
    owner = connections["owner"]
    after = _state_of_the_code()
    ADD_FIRST.state_forwards(APP, after)
    with owner.schema_editor(atomic=True) as editor:
        for act in (step.database_forwards, step.database_backwards):
            with pytest.raises(NotSupportedError, match="atomic = False"):
                act(APP, editor, after, after)


def test_sql_of_a_migration_is_djangos_whatever_the_database_holds() -> None:
    _run([ADD_FIRST])
    kinds = django_operations.AddIndexConcurrently, django_operations.RemoveIndexConcurrently
    theirs = [kinds[0]("program", FIRST), kinds[1]("program", "probe_first")]
    collected = _run([ADD_FIRST, REMOVE_FIRST], collect_sql=True).collected_sql
    assert collected == _run(theirs, collect_sql=True).collected_sql
    assert any("CREATE INDEX CONCURRENTLY" in line for line in collected)
    assert _validity() == {"probe_first": True}
