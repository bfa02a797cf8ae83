"""The pool's check: a connection that the server hung up is replaced before anybody gets it."""

import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from rembuk.runtime.hangup import refuse_dead

pytestmark = pytest.mark.django_db


def _pool(check: Callable[[psycopg.Connection[Any]], None] | None) -> ConnectionPool:
    made = {**connection.get_connection_params(), "autocommit": True}
    made.pop("pool", None)
    return ConnectionPool(kwargs=made, min_size=1, max_size=1, timeout=5, check=check, open=True)


def _hang_up(pool: ConnectionPool) -> int:
    """End the one connection of the pool from the server's side, as a restart or a failover does."""
    with pool.connection() as lent:
        number = lent.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
        assert cursor.fetchone() == (True,)
    time.sleep(0.1)
    return number


def test_pool_server_hung_up_lends_a_new_connection():
    with _pool(refuse_dead) as pool:
        dead = _hang_up(pool)
        with pool.connection() as lent:
            assert lent.execute("SELECT 1").fetchone() == (1,)
            assert lent.info.backend_pid != dead


def test_pool_without_the_check_lends_the_dead_one():
    with _pool(None) as pool:
        _hang_up(pool)
        with pytest.raises(psycopg.OperationalError), pool.connection() as lent:
            lent.execute("SELECT 1")


def test_check_of_a_connection_at_rest_asks_the_server_nothing(monkeypatch):
    with _pool(refuse_dead) as pool:
        with pool.connection() as lent:
            monkeypatch.setattr(lent, "execute", pytest.fail)
        with pool.connection() as again:
            assert again is lent


def test_check_reads_a_notice_that_came_meanwhile():
    with _pool(refuse_dead) as pool:
        with pool.connection() as lent:
            number = lent.info.backend_pid
            lent.execute("LISTEN hangup_test")
        with _pool(None) as other, other.connection() as speaker:
            speaker.execute("NOTIFY hangup_test")
        time.sleep(0.1)
        with pool.connection() as again:
            assert again.info.backend_pid == number
            assert again.execute("SELECT 1").fetchone() == (1,)
