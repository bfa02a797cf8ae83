"""Whatever a form changes stands in the trail: every form of every page is sent, and its statements are read."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rembuk.accounts.models import Person
from tests.security import world
from tests.security.forms_of import forms_of

pytestmark = pytest.mark.django_db
_WRITE = re.compile(r'(?:INSERT INTO|(?<!FOR )(?<!DO )UPDATE|DELETE FROM)\s+"?([a-z_]+)"?')
# What is no deed of a person: counting, sessions, caches, and marks of what was read.
BOOKKEEPING = {
    "accounts_limit",
    "django_session",
    "cache_entry",
    "usersessions_usersession",
    "notifications_notice",
}


def _sent_forms(client: Client, made: world.World) -> Iterator[tuple[str, dict[str, str]]]:
    """Every form once, by its address."""
    seen = set()
    for path in world.addresses(made).values():
        answer = client.get(path)
        body = world.body_of(answer)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for action, data in forms_of(body.decode()):
            to = urlsplit(urljoin(path, action)).path if action else path
            if to not in seen:
                seen.add(to)
                yield to, data


def _written(client: Client, path: str, data: dict[str, str]) -> set[str]:
    """The tables that a form writes to; the change itself is taken back."""
    mark = transaction.savepoint_create()
    with CaptureQueriesContext(connection) as queries:
        world.body_of(client.post(path, data))  # to its end: exports read on, and close their file
    transaction.savepoint_rollback(mark)
    return {table for query in queries for table in _WRITE.findall(query["sql"])}


@pytest.mark.parametrize("who", ["admin", "author"])
def test_every_form_that_changes_something_leaves_an_entry(who: str) -> None:
    made = world.furnish()
    person: Person = getattr(made, who)
    client = Client()
    client.force_login(person)
    written = {
        path: _written(client, path, data)
        for path, data in list(_sent_forms(client, made))
        if "/keluar/" not in path
    }
    changing = {path: tables - BOOKKEEPING for path, tables in written.items() if tables - BOOKKEEPING}
    silent = {path: tables for path, tables in changing.items() if "audit_entry" not in tables}
    assert silent == {}
    assert len(changing) >= {"admin": 30, "author": 15}[who]
