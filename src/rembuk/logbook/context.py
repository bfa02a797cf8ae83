"""What the current request or job is: its id, person and address, carried by structlog's context variables.

django-structlog binds ``request_id``; sign-in and the worker bind the rest through ``bind``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from structlog.contextvars import bind_contextvars, bound_contextvars, get_contextvars


def bind(**values: str | int | None) -> None:
    """Add values (``request_id``, ``person_id``, ``address``, ``path``, ``job``) until the request ends."""
    bind_contextvars(**values)


@contextmanager
def bound(**values: str | int | None) -> Iterator[None]:
    """As ``bind`` for the length of a block."""
    with bound_contextvars(**values):
        yield


def request_id() -> str:
    """The id of the current request or job, at most 64 letters of it, or an empty text outside of one."""
    return str(get_contextvars().get("request_id") or "")[:64]
