"""Pages are packed for those who accept it: visitors' copies deterministically, people's with padding."""

import gzip
from pathlib import Path

import django_htmx
import pytest
from django.test import Client

from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.runtime.env import ROOT
from tests import people, scenes

pytestmark = pytest.mark.django_db


def test_visitors_copy_is_packed_the_same_way_with_a_tag_of_its_own() -> None:
    scenes.published(scenes.regency())
    plain = Client().get("/usulan/")
    first = Client(headers={"Accept-Encoding": "gzip, deflate, br"}).get("/usulan/")
    second = Client(headers={"Accept-Encoding": "br, gzip"}).get("/usulan/")
    assert first["Content-Encoding"] == "gzip"
    assert gzip.decompress(first.content) == plain.content
    assert first.content == second.content
    assert first["ETag"] != plain["ETag"]
    assert not first["ETag"].startswith("W/")
    assert "Accept-Encoding" in plain["Vary"]
    assert len(first.content) == int(first["Content-Length"])


def test_packed_copy_answers_304_to_its_own_tag() -> None:
    client = Client(headers={"Accept-Encoding": "gzip"})
    tag = client.get("/usulan/")["ETag"]
    assert client.get("/usulan/", headers={"If-None-Match": tag}).status_code == 304


def test_page_of_a_person_is_packed_too() -> None:
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(people.citizen())
    response = client.get("/akun/")
    assert response["Content-Encoding"] == "gzip"
    assert response["Cache-Control"] == "private, no-store"


def test_first_view_weighs_at_most_sixty_kilobytes() -> None:
    """HTML of the busiest list, the stylesheet and every script it could load, as they travel."""
    place = scenes.regency()
    for number in range(20):
        scenes.published(place, title=f"Usulan nomor urut {number}")
    page = len(Client(headers={"Accept-Encoding": "gzip"}).get("/usulan/").content)
    static = ROOT / "src/rembuk/web/static"
    assets = [static / "rembuk.css", *static.glob("js/*.js")]
    packed = {path.name: len(gzip.compress(path.read_bytes())) for path in assets}
    assert packed["rembuk.css"] <= 15_000
    assert page + sum(packed.values()) <= 60_000


def test_first_view_of_a_proposal_with_fifty_comments_weighs_no_more_for_a_member() -> None:
    """HTML, stylesheet, htmx and the page's own scripts, as they travel."""
    proposal = scenes.published(scenes.regency())
    for number in range(50):
        text = f"Pendapat nomor {number}: {' '.join(str(number * word) for word in range(60))}"
        post_comment(proposal.subject, Draft(body=text), by=people.citizen())
    client = Client(headers={"Accept-Encoding": "gzip"})
    client.force_login(people.citizen())
    page = client.get(f"/usulan/{proposal.code}/").content
    assert gzip.decompress(page).count(b"Pendapat nomor") == 20
    static = ROOT / "src/rembuk/web/static"
    htmx = Path(django_htmx.__path__[0]) / "static/django_htmx/htmx-2.min.js"
    scripts = [static / f"js/{name}.js" for name in ("share", "once", "counter")]
    packed = sum(len(gzip.compress(path.read_bytes())) for path in (static / "rembuk.css", htmx, *scripts))
    assert len(page) + packed <= 60_000
