"""Which tables the application role may only read and add to. ``runtime`` grants by this after migrating."""

APPEND_ONLY_TABLES = ("audit_entry",)
"""Grant SELECT and INSERT on these, and nothing more. Partitions lie in the schema ``audit``, where the
application role needs, and must be given, no rights at all: PostgreSQL checks those of the parent."""

EMPTY_FOR_TESTS = (
    "ALTER TABLE audit_entry DISABLE TRIGGER USER",
    "DELETE FROM audit_entry",
    "ALTER TABLE audit_entry ENABLE TRIGGER USER",
)
"""What a test set-up runs as owner, in one transaction, to begin with an empty trail."""
