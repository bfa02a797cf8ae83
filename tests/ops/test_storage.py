"""Hot tables are cleaned by the rows that change, and a migration waits for a table without holding up its readers."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection, connections, transaction
from django.db.models.signals import post_migrate, pre_migrate
from django.db.utils import OperationalError
from psycopg.errors import LockNotAvailable

from rembuk.audit.partitions import make_partitions
from rembuk.common.clock import now
from rembuk.ops import migrating
from rembuk.ops.tables import storage
from tests.scale import site

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


# What each table is to have, said once more: a setting that is lost in storage.py has to fail here.
_QUEUE = {
    "autovacuum_vacuum_scale_factor=0",
    "autovacuum_vacuum_threshold=1000",
    "autovacuum_vacuum_cost_delay=0",
}
_COUNTER = {"fillfactor=70", "autovacuum_vacuum_scale_factor=0.02", "autovacuum_vacuum_cost_delay=0"}
_LARGE = {
    "autovacuum_vacuum_scale_factor=0.01",
    "autovacuum_vacuum_insert_scale_factor=0.02",
    "autovacuum_analyze_scale_factor=0.01",
}
_TRAIL = {
    "autovacuum_vacuum_insert_scale_factor=0.02",
    "autovacuum_analyze_scale_factor=0.02",
    "autovacuum_freeze_min_age=0",
}
_OPTIONS = """
    SELECT relname, reloptions FROM pg_class
    WHERE relkind = 'r' AND relnamespace = %s::regnamespace AND (reloptions IS NOT NULL OR relnamespace <> 'public'::regnamespace)
"""


def _options(schema: str) -> dict[str, set[str]]:
    """Settings by table: in public of those that have any, in a schema of its own of all."""
    with connection.cursor() as cursor:
        cursor.execute(_OPTIONS, [schema])
        return {name: set(options or ()) for name, options in cursor.fetchall()}


def test_every_hot_table_exists_and_is_tuned_by_migrate() -> None:
    assert _options("public") == {
        "engagement_votedelta": _QUEUE,
        "engagement_touched": _QUEUE,
        "procrastinate_jobs": _QUEUE,
        "procrastinate_events": _QUEUE,
        "engagement_tally": _COUNTER,
        "engagement_figures": _COUNTER,
        "accounts_limit": _COUNTER,
        "django_session": _COUNTER,
        "audit_sending": _COUNTER,
        "engagement_vote": _LARGE,
        "engagement_comment": _LARGE,
        "proposals_proposal": _LARGE,
        "notifications_delivery": _LARGE,
        "logbook_logrecord": _LARGE,
    }


def test_every_month_of_the_trail_is_tuned_by_migrate() -> None:
    months = _options("audit")
    assert "entry_default" in months
    assert f"entry_{now():%Y_%m}" in months
    assert [name for name, options in months.items() if options != _TRAIL] == []


def test_month_that_the_worker_makes_is_tuned_from_its_birth() -> None:
    assert make_partitions(at=datetime(2091, 5, 1, tzinfo=UTC), months=2) == 2
    made = {name: options for name, options in _options("audit").items() if "2091" in name}
    assert made == {"entry_2091_05": _TRAIL, "entry_2091_06": _TRAIL}


def test_month_is_made_where_nothing_was_tuned_yet() -> None:
    with connections["owner"].cursor() as cursor:
        names = ", ".join(option.split("=")[0] for option in _TRAIL)
        cursor.execute(f"ALTER TABLE audit.entry_default RESET ({names})")
        cursor.execute("SELECT audit_make_partitions('2091-07-01', 1)")
        assert cursor.fetchone() == (1,)
    assert storage.tune_tables(connections["owner"]) == ["entry_2091_07", "entry_default"]


def test_tuning_again_changes_nothing() -> None:
    assert storage.tune_tables(connections["owner"]) == []


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_migrations_wait_for_a_table_one_second_at_a_time_and_for_minutes_in_all(worker_id: str) -> None:
    seen: dict[str, set[str]] = {"before": set(), "after": set()}

    def before(**_given: object) -> None:
        seen["before"].add(_patience())

    def after(**_given: object) -> None:
        seen["after"].add(_patience())

    with site.empty_database(f"test_rembuk_migrating_{worker_id}"):
        assert _patience() == "0"  # what a connection of the owner has by itself
        pre_migrate.connect(before)
        post_migrate.connect(after)
        try:
            migrating.migrate(verbosity=0, should_seed=False)
        finally:
            pre_migrate.disconnect(before)
            post_migrate.disconnect(after)
    assert seen == {"before": {"1s"}, "after": {"1s"}}
    assert migrating.ATTEMPTS * (migrating.LOCK_SECONDS + migrating.PAUSE_SECONDS) >= 120


def _patience() -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return str(cursor.fetchone()[0])


class _Held(OperationalError):
    __cause__ = LockNotAvailable()


def test_change_of_a_held_table_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "PAUSE_SECONDS", 0.05)
    tried = []

    def alter() -> None:
        tried.append(1)
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', '50ms', false)")
            cursor.execute("LOCK TABLE engagement_touched IN ACCESS EXCLUSIVE MODE")

    settings = connections["owner"].settings_dict
    holder = psycopg.connect(
        host=settings["HOST"], port=settings["PORT"] or None, user=settings["USER"], dbname=settings["NAME"],
        password=settings["PASSWORD"] or None,
    )  # fmt: skip
    holder.execute("LOCK TABLE engagement_touched IN ACCESS SHARE MODE")
    threading.Timer(0.4, holder.close).start()
    try:
        migrating._with_patience(lambda: _in_transaction(alter))
    finally:
        holder.close()
    assert len(tried) > 1


def _has_asked_for_its_turn() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE %s",
            ["%advisory_lock%"],
        )
        return cursor.fetchone() is not None


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_run_that_waits_for_its_turn_holds_up_no_index_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "PAUSE_SECONDS", 0.02)
    done = []

    def second() -> None:
        with migrating._alone():
            done.append("second")

    with ThreadPoolExecutor(1) as pool:
        with migrating._alone(), connections["owner"].cursor() as cursor:
            run = pool.submit(second)
            while not _has_asked_for_its_turn():
                assert not run.done()
                time.sleep(0.02)
            cursor.execute("CREATE INDEX CONCURRENTLY probe_turn ON engagement_touched (subject_id)")
            cursor.execute("DROP INDEX probe_turn")
            done.append("first")
        run.result()
    assert done == ["first", "second"]


def _in_transaction(act: object) -> None:
    with transaction.atomic(using="owner"):
        act()  # type: ignore[operator]


def test_table_held_for_minutes_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "PAUSE_SECONDS", 0)

    def held() -> None:
        raise _Held

    with pytest.raises(CommandError, match="pg_stat_activity"):
        migrating._with_patience(held)


def test_other_faults_are_not_tried_again() -> None:
    def broken() -> None:
        raise OperationalError("gone")

    with pytest.raises(OperationalError, match="gone"):
        migrating._with_patience(broken)
