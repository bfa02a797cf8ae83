"""A database of a version before the first release is left alone, and told in one sentence."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from rembuk.ops import before, migrating, safety
from rembuk.runtime import env

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def old() -> Iterator[None]:
    """What every database from before holds among the rest; ``Baseline`` leaves the list of migrations as it is."""
    given = [("proposals", "0002_import_digest"), ("proposals", "0016_waiting_of_category")]
    for app, name in given:
        MigrationRecorder(connections["owner"]).record_applied(app, name)
    yield
    for app, name in given:
        MigrationRecorder(connections["owner"]).record_unapplied(app, name)
    connections["owner"].close()


def _state() -> tuple[object, ...]:
    """The tables with their rights and storage, and the migrations applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid, relname, relacl::text, reloptions FROM pg_class ORDER BY oid")
        return cursor.fetchall(), sorted(MigrationRecorder(connection).applied_migrations())


def test_database_from_before_is_refused_before_anything_is_changed(old: None) -> None:
    with connections["owner"].cursor() as cursor:  # what a run to its end would grant again
        cursor.execute("REVOKE DELETE ON accounts_limit FROM rembuk_app")
    state = _state()
    try:
        with pytest.raises(CommandError) as refused:
            call_command("migrate_site")
        assert (str(refused.value), _state()) == (before.TOO_OLD, state)
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("GRANT DELETE ON accounts_limit TO rembuk_app")


def test_check_tells_a_database_from_before_once_and_nothing_of_migrating(old: None) -> None:
    out = StringIO()
    call_command("check_site", stdout=out)
    assert out.getvalue().count(f"refused: {before.TOO_OLD}\n") == 1
    assert "./rembuk migrate" not in out.getvalue()


def test_database_of_today_is_none_from_before() -> None:
    assert not any(before.is_before_first_release(connections[alias]) for alias in ("default", "owner"))
    assert before.TOO_OLD not in safety.inspect(env.load()).refusals
    migrating.migrate(verbosity=0, should_seed=False)


def test_names_from_before_are_never_used_again() -> None:
    assert before.BEFORE_FIRST_RELEASE.isdisjoint(MigrationLoader(None).disk_migrations)
