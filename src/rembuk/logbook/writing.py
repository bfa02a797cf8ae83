"""Writing rows of the system log, in autocommit, outside of any request's transaction."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .entries import Row

_INSERT = """
INSERT INTO logbook_logrecord
    (at, level, event, logger, request_id, person_id, address, path, status, is_security, detail)
VALUES (%(at)s, %(level)s, %(event)s, %(logger)s, %(request_id)s, %(person_id)s, %(address)s, %(path)s,
        %(status)s, %(is_security)s, %(detail)s::jsonb)
"""


class Writer:
    """A connection of its own, used by one thread; opened when needed and closed when nothing comes."""

    def __init__(self) -> None:
        self._connection: BaseDatabaseWrapper | None = None

    def write(self, rows: Sequence[Row]) -> None:
        """Write the rows; after an error the next call begins with a new connection."""
        try:
            with self._opened().cursor() as cursor:
                cursor.executemany(_INSERT, [_params(row) for row in rows])
        except Exception:
            self.rest()
            raise

    def rest(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def _opened(self) -> BaseDatabaseWrapper:
        if self._connection is None:
            connection = connections["default"].copy()
            connection.settings_dict["OPTIONS"].pop("pool", None)
            connection.settings_dict["CONN_MAX_AGE"] = None
            self._connection = connection
        return self._connection


def _params(row: Row) -> dict[str, Any]:
    detail = json.dumps(row["detail"], ensure_ascii=False, default=str)
    return {**row, "detail": detail.replace("\\u0000", "")}
