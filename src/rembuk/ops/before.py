"""Databases of versions before the first release, whose migrations no longer exist (docs/decisions/0079)."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

# The second migration of each app, as it was called before all became one: whatever database went further holds one of them.
# Later migrations are never called so.
BEFORE_FIRST_RELEASE = frozenset(
    {
        ("access", "0002_consultation_permissions"),
        ("accounts", "0002_begun_drafts"),
        ("audit", "0002_visible_changes"),
        ("consultations", "0002_published_text_is_fixed"),
        ("engagement", "0002_talk"),
        ("exports", "0002_unreadable"),
        ("management", "0001_desk_accounts"),
        ("programs", "0002_event_codes"),
        ("proposals", "0002_import_digest"),
        ("reports", "0002_fixed"),
        ("taxonomy", "0002_import_digest"),
        ("workunits", "0002_successors"),
    }
)
TOO_OLD = (
    "The database was made by a version before the first release, whose data migrations cannot carry over: export or back up "
    "what you need with that version, then set the site up anew in an empty database (the demo: ./rembuk demo --fresh)."
)


def is_before_first_release(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database was made by migrations that no longer exist (docs/decisions/0079-migrations-squashed.md)."""
    return not BEFORE_FIRST_RELEASE.isdisjoint(MigrationRecorder(connection).applied_migrations())
