"""The backend as Django loads it: connections of the pool are asked for through the line of the process."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.base import TIMESTAMPTZ_OID, CursorMixin
from django.db.backends.postgresql.psycopg_any import register_tzloader
from psycopg.pq import Format, TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from rembuk.runtime.patience import LINE


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of one thread."""

    @property
    def pool(self) -> Any:
        """The pool of the process, if there is one, seen through the line."""
        found = super().pool
        return None if found is None else _Lined(found)

    def prepared_cursor(self) -> Any:
        """A cursor whose statements the server keeps with their plans, for the connection's life; values are bound there.

        Beside ``cursor``, which sends each statement whole, for statements that are always the same text.
        """
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor = _PreparedCursor(self.connection)
            loader: Any = self.connection.adapters.get_loader(TIMESTAMPTZ_OID, Format.TEXT)
            if self.timezone != loader.timezone:
                register_tzloader(self.timezone, cursor)
            django: Any = self
            return django._prepare_cursor(cursor)

    def doubt(self) -> None:
        """A statement met no database: the next connection is proven before others are lent."""
        if self.pool is not None:
            LINE.has_failed = True


class _PreparedCursor(CursorMixin, psycopg.Cursor[Any]):
    """Django's cursor with values bound by the server; its wrappers call ``execute`` without options."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Execute a statement that is kept.

        A migration may have changed what it returns, which PostgreSQL refuses for as long as the connection lives: outside of
        a transaction everything kept is dropped then, and the statement is asked once more.
        """
        asked = {"prepare": True, **options}
        try:
            return super().execute(query, params, **asked)
        except psycopg.errors.FeatureNotSupported:
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            self.connection.execute("DEALLOCATE ALL")
            return super().execute(query, params, **asked)


class _Lined:
    """The pool; only asking for a connection differs."""

    def __init__(self, pool: "ConnectionPool[Any]") -> None:
        self._pool = pool

    def getconn(self) -> Any:
        """A connection; raises PoolTimeout."""
        return LINE.take(self._proven)

    def _proven(self, seconds: float | None = None) -> Any:
        """A connection; one round trip proves it after a failure, since a pool in between (PgBouncer) stays reachable."""
        given = self._pool.getconn(seconds)
        if LINE.has_failed:
            try:
                given.execute("SELECT 1")
            except psycopg.Error as error:
                self._pool.putconn(given)
                raise PoolTimeout(str(error)) from error
        return given

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)
