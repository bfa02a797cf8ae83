"""One transaction around a deed and all that stands or falls with it."""

from django.db import connection
from django.db.transaction import TransactionManagementError

from rembuk.common import reading


def is_open() -> bool:
    """Whether the caller has opened a transaction."""
    return bool(connection.in_atomic_block)


def require_open(what: str) -> None:
    """Refuse to write ``what`` on its own.

    Raises:
        TransactionManagementError: outside of a transaction.
    """
    reading.refuse(what)
    if not is_open():
        raise TransactionManagementError(f"{what} are written in the transaction of the deed")
