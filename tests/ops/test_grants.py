"""The application's role: rows yes, tables no, the trail only to be added to."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'other'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DROP TABLE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DELETE FROM audit.entry_default",
        "DELETE FROM django_migrations",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE accounts_person DROP COLUMN name",
    ],
)
def test_application_is_refused(statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_application_changes_rows_of_every_other_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND relname NOT IN ('audit_entry', 'django_migrations')"
            " AND NOT has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE')"
        )
        assert cursor.fetchall() == []
