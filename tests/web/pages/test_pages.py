"""Tentang, privasi, pedoman, bantuan: the version in force, earlier ones, both languages, the same for everybody."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.audit.actors import SYSTEM
from rembuk.siteconfig.actions import publish_page
from rembuk.siteconfig.seeding import seed_pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _texts() -> None:
    seed_pages()


@pytest.mark.parametrize("path", ["/tentang/", "/privasi/", "/pedoman/", "/bantuan/"])
def test_page_is_there_in_both_languages_and_the_same_for_all(path: str) -> None:
    for address, language in ((path, "id"), (f"/en{path}", "en")):
        answer = Client().get(address)
        assert (answer.status_code, answer["Content-Language"], dict(answer.cookies)) == (200, language, {})
        assert "s-maxage=" in answer["Cache-Control"]
        assert "csrf" not in answer.content.decode()


def test_about_tells_the_three_rights_and_the_five_promises() -> None:
    page = Client().get("/tentang/").content.decode()
    for words in (
        "didengar",
        "dipertimbangkan",
        "penjelasan",
        "Bersih",
        "Efisien",
        "Transparan",
        "Melayani",
        "Akuntabel",
    ):
        assert words.lower() in page.lower(), words


def test_new_version_is_in_force_and_the_earlier_one_stays_readable() -> None:
    publish_page("help", "id", title="Bantuan baru", body="**Kalimat baru.**", by=SYSTEM, reason="Diperjelas")
    assert "<strong>Kalimat baru.</strong>" in Client().get("/bantuan/").content.decode()
    old = Client().get("/bantuan/?versi=1").content.decode()
    assert "Kalimat baru." not in old
    assert "Anda membaca versi 1" in old
    assert 'href="/bantuan/?versi=1"' in Client().get("/bantuan/").content.decode()


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "1" * 30, "%C2%B2"])
def test_unknown_version_is_not_found(number: str) -> None:
    assert Client().get(f"/bantuan/?versi={number}").status_code == 404


def test_html_in_the_text_of_a_page_is_not_taken() -> None:
    body = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    publish_page("help", "id", title="<i>Bantuan</i>", body=body, by=SYSTEM)
    page = Client().get("/bantuan/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert "<i>Bantuan" not in page


@pytest.mark.parametrize("more", [1, 3])
def test_page_asks_as_often_with_three_versions_as_with_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        publish_page("help", "id", title="Bantuan", body=f"Teks {number}", by=SYSTEM)
    Client().get("/bantuan/")
    with django_assert_num_queries(3):
        Client().get("/bantuan/")
