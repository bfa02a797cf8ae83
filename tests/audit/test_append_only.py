"""The database itself keeps the trail: for the application, and for the owner in an ordinary session."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from rembuk.audit import actions
from rembuk.audit.actors import SYSTEM
from rembuk.audit.partitions import make_partitions
from rembuk.audit.roles import APPEND_ONLY_TABLES

ATTACKS = (
    "UPDATE audit_entry SET reason = 'other'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
    "UPDATE audit.entry_default SET reason = 'other'",
    "TRUNCATE audit.entry_default",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "DROP TABLE audit_entry",
)


@pytest.mark.django_db
@pytest.mark.parametrize("attack", ATTACKS)
def test_application_role_cannot_alter_the_trail(attack: str) -> None:
    actions.record("page.published", by=SYSTEM, target=actions.Target("page", "x"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


@pytest.mark.django_db
@pytest.mark.parametrize("attack", ATTACKS[:5])
def test_owner_in_an_ordinary_session_cannot_alter_the_trail(attack: str, owner: psycopg.Connection) -> None:
    owner.execute(
        "INSERT INTO audit_entry (at, verb, channel, target_kind, target_key) "
        "VALUES ('1999-01-01', 'x', 'web', 'page', 'x'), (now(), 'x', 'web', 'page', 'x')"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner.execute(attack)


@pytest.mark.django_db
def test_application_role_has_only_select_and_insert() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants "
            "WHERE grantee = current_user AND table_name = ANY(%s) ORDER BY 1",
            [list(APPEND_ONLY_TABLES)],
        )
        assert [row[0] for row in cursor.fetchall()] == ["INSERT", "SELECT"]


def _partition_of(at: datetime) -> str:
    sql = "SELECT tableoid::regclass::text FROM audit_entry WHERE at = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [at])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_entry_of_this_month_lies_in_the_partition_of_this_month() -> None:
    entry = actions.record("page.published", by=SYSTEM, target=actions.Target("page", "x"))
    assert _partition_of(entry.at) == f"audit.entry_{entry.at:%Y_%m}"


@pytest.mark.django_db
def test_entry_without_a_month_of_its_own_is_kept_in_the_default() -> None:
    at = datetime(2099, 5, 1, tzinfo=UTC)
    actions.record("page.published", by=SYSTEM, target=actions.Target("page", "x"), at=at)
    assert _partition_of(at) == "audit.entry_default"


@pytest.mark.django_db
def test_make_partitions_as_the_application_makes_missing_months_once() -> None:
    at = datetime(2090, 1, 15, tzinfo=UTC)
    assert [make_partitions(at=at, months=3), make_partitions(at=at, months=3)] == [3, 0]


@pytest.mark.django_db
def test_make_partitions_passes_over_a_month_whose_entries_went_to_the_default() -> None:
    at = datetime(2090, 2, 28, 23, 59, tzinfo=UTC)
    actions.record("page.published", by=SYSTEM, target=actions.Target("page", "x"), at=at)
    assert make_partitions(at=datetime(2090, 1, 1, tzinfo=UTC), months=3) == 2
