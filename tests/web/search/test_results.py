"""The search page: a code leads to its page, words list what fits, nothing breaks it."""

import pytest
from django.test import Client

from tests import scenes

pytestmark = pytest.mark.django_db


def test_code_typed_leads_to_its_page(client: Client) -> None:
    response = client.get("/cari/", {"q": "usl 2026 000012"})
    assert (response.status_code, response["Location"]) == (302, "/usulan/USL-2026-000012/")


def test_words_list_what_fits(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place, title="Memperbaiki jalan ke sekolah")
    assert "Memperbaiki jalan ke sekolah" in client.get("/cari/", {"q": "perbaikan jalan"}).content.decode()


def test_nothing_found_offers_to_write(client: Client) -> None:
    body = client.get("/cari/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "/usulan/baru/" in body
    assert "<script>alert" not in body
