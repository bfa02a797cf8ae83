"""Script in every text field of every thing: shown escaped everywhere, and every page forbids inline script."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from tests.security import markup, world

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.fixture
def marked() -> world.World:
    return world.furnish(markup.MARK)


def _readers(marked: world.World) -> dict[str, Client]:
    clients = {"visitor": Client(), "author": Client(), "admin": Client()}
    clients["author"].force_login(marked.author)
    clients["admin"].force_login(marked.admin)
    return clients


def test_script_in_every_text_runs_on_no_page(marked: world.World) -> None:
    faults: list[tuple[str, str, object]] = []
    seen = 0
    for who, client in _readers(marked).items():
        for path in (*world.addresses(marked).values(), "/en/", "/en/usulan/", "/tidak-ada/"):
            answer = client.get(path)
            body = world.body_of(answer)
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            text = body.decode()
            seen += "&lt;script&gt;alert(7)&lt;/script&gt;" in text
            found = markup.runnable(text)
            if found or "<script>alert" in text:
                faults.append((who, path, found))
            if set(answer.headers.get("Content-Security-Policy", "").split("; ")) != POLICY:
                faults.append((who, path, answer.headers.get("Content-Security-Policy")))
    assert faults == []
    assert seen > 150


@pytest.mark.parametrize("feed", ["/usulan/feed.atom", "/program/feed.atom"])
def test_script_in_a_feed_is_text_of_a_well_formed_document(feed: str, marked: world.World) -> None:
    body = Client().get(feed).content.decode()
    ET.fromstring(body)
    assert "<script" not in body
