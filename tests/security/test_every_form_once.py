"""Every form carries a key, and sent twice from one page it does its deed once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rembuk.audit import verbs
from rembuk.audit.models import AuditEntry
from tests.security import world
from tests.security.forms_of import forms_of

pytestmark = pytest.mark.django_db
_FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
_CLAIM = "INSERT INTO audit_sending"
# For mail programs, which know no token (RFC 8058); to unsubscribe twice is to unsubscribe.
WITHOUT_TOKEN = "/notifikasi/berhenti/"
# A little below what there is (472, 46, 10 forms, 96 and 8 deeds): raise them as pages come, so that none goes unseen.
LEAST_FORMS = {"admin": 450, "author": 44, "visitor": 10}
LEAST_DEEDS = {"admin": 90, "author": 8, "visitor": 0}


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a form sent twice: deeds in the trail after each, transactions with a claim, the last status."""

    once: int
    twice: int
    claims: int
    status: int


def _pages(client: Client, made: world.World) -> Iterator[tuple[str, str]]:
    for path in world.addresses(made).values():
        answer = client.get(path)
        body = world.body_of(answer)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            yield path, body.decode()


def _forms(pages: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Every form once, by its address."""
    found: dict[str, dict[str, str]] = {}
    for path, body in pages:
        for action, data in forms_of(body):
            to = urlsplit(urljoin(path, action)).path if action else path
            if "/keluar/" not in to:
                found.setdefault(to, data)
    return found


def _deeds() -> int:
    repeatable = [key for key, _sentence in verbs.choices() if verbs.known(key).is_repeatable]
    return AuditEntry.objects.exclude(verb__in=repeatable).count()


def _send_twice(client: Client, path: str, data: dict[str, str]) -> Sent:
    """All is taken back."""
    mark, before = transaction.savepoint_create(), _deeds()
    with CaptureQueriesContext(connection) as queries:
        world.body_of(client.post(path, data))
    once = _deeds() - before
    second = client.post(path, data)
    world.body_of(second)
    twice = _deeds() - before
    transaction.savepoint_rollback(mark)
    return Sent(once, twice, _transactions_with_a_claim(queries), second.status_code)


def _transactions_with_a_claim(queries: CaptureQueriesContext) -> int:
    """How many of the outermost savepoints, which stand for transactions here, hold a claim."""
    depth, found, has_claim = 0, 0, False
    for sql in (query["sql"] for query in queries):
        if sql.startswith("SAVEPOINT"):
            depth += 1
        elif sql.startswith(("RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")):
            depth -= 1
            if depth == 0:
                found, has_claim = found + has_claim, False
        has_claim = has_claim or _CLAIM in sql
    return found


@pytest.mark.parametrize("who", ["admin", "author", "visitor"])
def test_every_form_of_every_page_carries_a_key_and_does_its_deed_once(who: str) -> None:
    made = world.furnish()
    client = Client()
    if who != "visitor":
        client.force_login(getattr(made, who))
    pages = list(_pages(client, made))
    forms = [(path, form) for path, body in pages for form in _FORM.findall(body)]
    keyless = [path for path, form in forms if form.count('name="kiriman"') != 1]
    assert [path for path in keyless if not path.startswith(WITHOUT_TOKEN)] == []
    sent = {path: _send_twice(client, path, data) for path, data in _forms(pages).items()}
    deeds = {path: one for path, one in sent.items() if one.once}
    assert {path: one for path, one in deeds.items() if one.once != one.twice} == {}
    assert {path: one for path, one in deeds.items() if one.status >= 400} == {}
    # A claim in the first of two transactions would keep the second from ever being done.
    assert {path: one for path, one in deeds.items() if one.claims > 1} == {}
    assert len(forms) >= LEAST_FORMS[who]
    assert len(deeds) >= LEAST_DEEDS[who]
