"""Which tables the application role may only read and add to. ``runtime`` grants by this after migrating."""

APPEND_ONLY_TABLES = ("audit_entry",)
"""Grant SELECT and INSERT on these, and nothing more. Partitions lie in the schema ``audit``, where the
application role needs, and must be given, no rights at all: PostgreSQL checks those of the parent."""
