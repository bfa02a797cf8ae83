"""Notices, without asking the server, that a connection of the pool was hung up: after a restart or a failover."""

import select
from typing import Any

import psycopg


def refuse_dead(connection: "psycopg.Connection[Any]") -> None:
    """The pool's check before it lends a connection: nothing is to be read from one that rests, unless its end.

    Costs one system call instead of a round trip. Raises OperationalError for a dead connection; the pool then makes
    another.
    """
    poll = select.poll()
    poll.register(connection.pgconn.socket, select.POLLIN)
    if poll.poll(0):
        connection.execute("")  # a notice is read by it, a dead connection raises
