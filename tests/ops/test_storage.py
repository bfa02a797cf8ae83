"""Hot tables are cleaned by the rows that change, and a migration waits for a table without holding up its readers."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection, connections, transaction
from django.db.models.signals import post_migrate, pre_migrate
from django.db.utils import OperationalError
from psycopg.errors import LockNotAvailable

from rembuk.ops import migrating
from rembuk.ops.tables import storage
from tests.scale import site

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def _options() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reloptions FROM pg_class WHERE relname = ANY(%s)", [list(storage.SETTINGS)]
        )
        return dict(cursor.fetchall())


def test_every_hot_table_exists_and_is_tuned_by_migrate() -> None:
    options = _options()
    assert set(options) == set(storage.SETTINGS)
    assert "autovacuum_vacuum_scale_factor=0" in options["engagement_votedelta"]
    assert "fillfactor=70" in options["engagement_tally"]


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
