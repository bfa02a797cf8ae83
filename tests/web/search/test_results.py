"""The search page: a code leads to its page, words list what fits, nothing breaks it."""

import pytest
from django.test import Client

from rembuk.consultations.actions.indexing import refresh_search
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db


def test_code_typed_leads_to_its_page(client: Client) -> None:
    response = client.get("/cari/", {"q": "usl 2026 000012"})
    assert (response.status_code, response["Location"]) == (302, "/usulan/USL-2026-000012/")


def test_words_list_what_fits(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place, title="Memperbaiki jalan ke sekolah")
    assert "Memperbaiki jalan ke sekolah" in client.get("/cari/", {"q": "perbaikan jalan"}).content.decode()


def test_words_list_consultations_and_one_kind_alone_when_asked(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Pengangkutan sampah pasar")
    made = consultations.opened(place)
    consultations.with_text(made)
    refresh_search(made)
    draft = consultations.draft(place, title="Pengangkutan sampah rahasia")
    refresh_search(draft)
    for query, found in (("", True), ("&jenis=uji-publik", False)):
        text = client.get(f"/cari/?q=pengangkutan+sampah{query}").content.decode()
        assert made.title in text
        assert (proposal.title in text) == found
        assert draft.title not in text
    # A word that only the published text has.
    assert made.title in client.get("/cari/", {"q": "iuran setiap bulan"}).content.decode()


def test_code_of_a_consultation_leads_to_its_page(client: Client) -> None:
    answer = client.get("/cari/", {"q": "ujp 2026 3"})
    assert (answer.status_code, answer["Location"]) == (302, "/uji-publik/UJP-2026-0003/")


def test_nothing_found_offers_to_write(client: Client) -> None:
    body = client.get("/cari/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "/usulan/baru/" in body
    assert "<script>alert" not in body


@pytest.mark.parametrize("where", ["/cari/", "/uji-publik/"])
@pytest.mark.parametrize("state", ["sent", "held", "not_shown", "withdrawn"])
def test_receipt_leads_to_the_page_or_stub_of_its_submission(where: str, state: str, client: Client) -> None:
    made = consultations.closed(scenes.regency())
    said = consultations.sent(made, state=state, is_name_masked=True)

    answer = client.get(where, {"q": str(said.code).lower().replace("-", " ")})

    assert (answer.status_code, answer["Location"]) == (302, f"/uji-publik/{made.code}/masukan/1/")
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("where", ["/cari/", "/uji-publik/"])
def test_receipt_leads_nobody_to_a_page_that_is_not_open_to_her(where: str, client: Client) -> None:
    made = consultations.opened(scenes.regency(), submissions_shown="after_closing")
    author = people.citizen()
    said = consultations.sent(made, author)

    for typed in (said.code, f"{made.code}-00009", "UJP-2020-0001-00001"):
        assert client.get(where, {"q": typed}).status_code == 200
    client.force_login(author)
    assert client.get(where, {"q": said.code})["Location"] == f"/uji-publik/{made.code}/masukan/1/"
