"""Pages are packed for those who accept it: visitors' copies deterministically, people's with padding."""

import gzip

import pytest
from django.test import Client

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
    from rembuk.runtime.env import ROOT

    place = scenes.regency()
    for number in range(20):
        scenes.published(place, title=f"Usulan nomor urut {number}")
    page = len(Client(headers={"Accept-Encoding": "gzip"}).get("/usulan/").content)
    static = ROOT / "src/rembuk/web/static"
    assets = [static / "rembuk.css", *static.glob("js/*.js")]
    packed = {path.name: len(gzip.compress(path.read_bytes())) for path in assets}
    assert packed["rembuk.css"] <= 15_000
    assert page + sum(packed.values()) <= 60_000
