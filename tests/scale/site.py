"""A made-up site in a database of its own: COPY by the owner can't be rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from rembuk.ops.scale.filling import fill
from tests import database, suite_database
from tests.environment import SERVER


@contextmanager
def empty_database(name: str) -> Iterator[None]:
    """Work in a fresh copy of the template, and afterwards where one worked before."""
    before = connections["default"].settings_dict["NAME"]
    suite_database.disconnect()
    database.create_test_database(SERVER.owner_url, name, suite_database.template(SERVER.owner_url))
    suite_database.connect_to(name)
    try:
        yield
    finally:
        suite_database.disconnect()
        suite_database.connect_to(before)
        database.drop_test_database(SERVER.owner_url, name)


def fill_quietly(n: float) -> None:
    """Fill it at the scale of ``n``, without a word."""
    fill(n, tell=lambda part: None)
