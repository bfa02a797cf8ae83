"""Operations of migrations that build and drop indexes while the site works, and that may be run again at any point."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres import operations


class AddIndexConcurrently(operations.AddIndexConcurrently):
    """Django's, for a migration that is repeated: what a run before has built stays, what it has left half built goes.

    An index of that name on that table is taken for the one that is asked for if it is valid.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Build the index unless it is there."""
        self._ensure_not_in_transaction(schema_editor)
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        django = super().database_forwards
        _build(
            schema_editor,
            (table, self.index.name),
            lambda: django(app_label, schema_editor, from_state, to_state),
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the index if it is there."""
        with _patient(schema_editor):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class RemoveIndexConcurrently(operations.RemoveIndexConcurrently):
    """Django's, which drops what is there and so may be repeated; it waits as building does, and its way back builds."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the index if it is there."""
        with _patient(schema_editor):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Build the index unless it is there."""
        self._ensure_not_in_transaction(schema_editor)
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        django = super().database_backwards
        _build(
            schema_editor, (table, self.name), lambda: django(app_label, schema_editor, from_state, to_state)
        )


def _build(editor: Any, index: tuple[str, str], django: Callable[[], None]) -> None:
    """Let Django build an index (table, name), unless a valid one is there."""
    with _patient(editor):
        is_valid = None if editor.collect_sql else _is_valid(editor, *index)
        if is_valid is False:
            editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {editor.quote_name(index[1])}")
        if not is_valid:
            django()


def _is_valid(editor: Any, table: str, name: str) -> bool | None:
    """Whether an index was built to its end; None without one of that name on the table."""
    with editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s) AND indrelid = to_regclass(%s)",
            [editor.quote_name(name), editor.quote_name(table)],
        )
        found = cursor.fetchone()
    return found and bool(found[0])


@contextmanager
def _patient(editor: Any) -> Iterator[None]:
    """Wait for locks without an end, and put ``lock_timeout`` back after that.

    CONCURRENTLY waits for every transaction that began before it: a report, an export, pg_dump. Waiting is harmless here: its
    lock of the table (SHARE UPDATE EXCLUSIVE) goes beside reading and writing, so nobody queues behind it, other than behind
    ALTER TABLE. Giving up is what harms, as it leaves an invalid index that every write keeps up and no query uses.
    """
    if editor.collect_sql:
        yield
        return
    before = _set_lock_timeout(editor.connection, "0")
    try:
        yield
    finally:
        # A connection that broke has taken its settings along, and its error is the one to be told.
        if editor.connection.is_usable():
            _set_lock_timeout(editor.connection, before)


def _set_lock_timeout(connection: Any, value: str) -> str:
    """What it was before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        before = str(cursor.fetchone()[0])
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [value])
    return before
