"""How PostgreSQL keeps the tables that many people write to at once. Set again after each migration, as the owner.

A table whose rows are taken as fast as they come, or overwritten all day, is cleaned by the share of its rows that
changed; the default share of a fifth lets it grow to many times what it holds, and every reader pays.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

# Rows come and go within seconds: clean after a thousand, whatever the size, and at full speed.
_QUEUE = {
    "autovacuum_vacuum_scale_factor": "0",
    "autovacuum_vacuum_threshold": "1000",
    "autovacuum_vacuum_cost_delay": "0",
}
# Rows are overwritten in place: room on each page lets a new version lie beside the old one (HOT).
_COUNTER = {"fillfactor": "70", "autovacuum_vacuum_scale_factor": "0.02", "autovacuum_vacuum_cost_delay": "0"}
# Large and mostly added to: clean and count at a hundredth instead of a fifth and a tenth.
_LARGE = {
    "autovacuum_vacuum_scale_factor": "0.01",
    "autovacuum_vacuum_insert_scale_factor": "0.02",
    "autovacuum_analyze_scale_factor": "0.01",
}
# Only added to. By default autovacuum comes when a fifth is new, later and for longer each time, and to a month of the trail
# that is over perhaps never, until all its rows are frozen at once. Frozen at the first visit they need no second one.
TRAIL = {
    "autovacuum_vacuum_insert_scale_factor": "0.02",
    "autovacuum_analyze_scale_factor": "0.02",
    "autovacuum_freeze_min_age": "0",
}
SETTINGS: dict[str, dict[str, str]] = {
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
# Every month of the trail and the default partition, from which the months made later have theirs (audit_make_partitions).
_KNOWN = """
    SELECT c.relnamespace::regnamespace::text, c.relname, coalesce(c.reloptions, '{}') FROM pg_class c
    WHERE c.relkind = 'r' AND (
        (c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s))
        OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'public.audit_entry'::regclass)
    )
    ORDER BY 1, 2
"""


def tune_tables(owner: BaseDatabaseWrapper) -> list[str]:
    """Set what differs, for tables that exist; returns their names. Takes no lock that readers or writers notice."""
    changed = []
    with owner.cursor() as cursor:
        cursor.execute(_KNOWN, [list(SETTINGS)])
        for schema, name, options in cursor.fetchall():
            settings = SETTINGS[name] if schema == "public" else TRAIL
            if settings.items() <= dict(option.split("=", 1) for option in options).items():
                continue
            values = [
                sql.SQL("{} = {}").format(sql.Identifier(key), sql.SQL(value))
                for key, value in settings.items()
            ]
            cursor.execute(
                sql.SQL("ALTER TABLE {} SET ({})").format(
                    sql.Identifier(schema, name), sql.SQL(", ").join(values)
                )
            )
            changed.append(name)
    return changed
