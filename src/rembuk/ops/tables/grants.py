"""What the application's database role may do: change rows but no tables, and only add to the audit trail.

Run as the owner after each migration. The list of append-only tables is the audit app's.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from rembuk.audit.roles import APPEND_ONLY_TABLES

READ_ONLY_TABLES = ("django_migrations",)


def grant_application(owner: BaseDatabaseWrapper, role: str) -> None:
    """Grant the role its rights on every table of the schema `public`, in one transaction of the owner."""
    limited = [sql.Identifier(name) for name in (*APPEND_ONLY_TABLES, *READ_ONLY_TABLES)]
    statements = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "REVOKE ALL ON {limited} FROM {role}",
        "GRANT SELECT ON {limited} TO {role}",
        "GRANT INSERT ON {append_only} TO {role}",
    ]
    names = {
        "role": sql.Identifier(role),
        "limited": sql.SQL(", ").join(limited),
        "append_only": sql.SQL(", ").join(map(sql.Identifier, APPEND_ONLY_TABLES)),
    }
    with owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(**names))
