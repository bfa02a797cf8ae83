"""The pages of faults say what happened and what to do next, even when nothing else works."""

import re

import pytest
from django.template import loader
from django.test import Client, RequestFactory

from tests import people, scenes


@pytest.mark.parametrize("status", [500, 503])
def test_fault_page_needs_neither_database_nor_settings(status: int) -> None:
    text = loader.render_to_string(f"errors/{status}.html", {"reference": "a1b2c3"})
    assert "a1b2c3" in text
    assert 'href="/"' in text
    assert re.search(r"<h1>.{10,}</h1>", text)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 422, 429])
def test_refusal_page_says_the_reason_and_a_way_on(status: int, db: None) -> None:
    request = RequestFactory().get("/usulan/")
    text = loader.render_to_string(f"errors/{status}.html", {"message": "Sebab <khusus>"}, request)
    assert "Sebab &lt;khusus&gt;" in text
    assert re.search(r'class="btn" href="/', text)
    assert "csrfmiddlewaretoken" not in text


@pytest.mark.django_db
def test_address_of_a_button_says_so_when_it_is_opened_and_leads_to_the_page_above() -> None:
    client = Client()
    client.force_login(people.staff("administrator", scenes.regency().root))
    answer = client.get("/kelola/kategori/infrastruktur/hapus/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert 'href="/kelola/kategori/infrastruktur/"' in answer.content.decode()
    assert client.head("/kelola/kategori/infrastruktur/hapus/").content == b""
