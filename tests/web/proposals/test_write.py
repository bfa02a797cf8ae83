"""Writing through the pages: a visitor's way to a receipt, nothing typed is lost, nothing is sent twice."""

import re
import uuid

import pytest
from django.test import Client

from rembuk.accounts.models import Limit, Person
from rembuk.proposals.actions.submit import save_draft
from rembuk.proposals.content import Content
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.web.proposals.writing.drafts import count_sending
from tests import people, scenes

pytestmark = pytest.mark.django_db
NEW = "/usulan/baru/"


def answers(place: scenes.Regency, /, **fields: str) -> dict[str, str]:
    """What somebody types into the form."""
    values = {
        "title": "Perbaikan jalan desa menuju balai desa",
        "body": scenes.BODY,
        "category": place.category.slug,
        "place": "RT 02 RW 05, Dusun Krajan",
        "step": "preview",
    }
    return {**values, **fields}


def key_in(page: bytes) -> str:
    found = re.search(r'name="kunci" value="([^"]+)"', page.decode())
    assert found
    return found[1]


def write(client: Client, place: scenes.Regency, /, **fields: str) -> str:
    """Send the form; the address it leads to."""
    answer = client.post(NEW, {"kunci": key_in(client.get(NEW).content), **answers(place, **fields)})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def member(client: Client, name: str = "Sari Wulandari") -> Person:
    person = people.citizen(name)
    client.force_login(person)
    return person


# --- the form ------------------------------------------------------------------------------------------


def test_form_for_a_visitor_is_private_and_holds_a_token(client: Client) -> None:
    page = client.get(NEW)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert b"csrfmiddlewaretoken" in page.content


def test_form_says_where_complaints_go(client: Client) -> None:
    page = client.get(NEW).content.decode()
    assert "SP4N-LAPOR!" in page
    assert "https://www.lapor.go.id/" in page


def test_form_without_a_token_is_refused_in_words(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(NEW, answers(scenes.regency()))
    assert answer.status_code == 403
    assert not Proposal.objects.exists()


def test_form_incomplete_comes_back_with_summary_and_everything_typed(client: Client) -> None:
    place = scenes.regency()
    key = key_in(client.get(NEW).content)
    answer = client.post(NEW, {"kunci": key, **answers(place, title="Jalan", estimate="seratus", place="")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.index('class="errors-top"') < page.index("<form method")
    assert {'href="#id_title"', 'href="#id_estimate"', 'href="#id_region_q"'} <= set(
        re.findall(r'href="#id_\w+"', page)
    )
    assert 'value="Jalan"' in page
    assert 'value="seratus"' in page
    assert "Jalan menuju balai desa berlubang" in page


def test_form_incomplete_is_kept_as_a_draft_all_the_same(client: Client) -> None:
    key = key_in(client.get(NEW).content)
    client.post(NEW, {"kunci": key, "title": "Jalan", "step": "preview"})
    assert Proposal.objects.get().title == "Jalan"


def test_form_too_long_is_refused_with_the_text_still_there(client: Client) -> None:
    place, title = scenes.regency(), "J" * 151
    key = key_in(client.get(NEW).content)
    answer = client.post(NEW, {"kunci": key, **answers(place, title=title, step="draft")})
    assert answer.status_code == 422
    assert title.encode() in answer.content
    assert Proposal.objects.get().title == title


def test_form_ignores_state_owner_code_and_counts(client: Client) -> None:
    author, victim = member(client), people.citizen()
    forged = {
        "state": "published",
        "author": str(victim.pk),
        "code": "USL-2026-999999",
        "unit": "1",
        "published_at": "2026-01-01",
        "version": "9",
        "considered_at": "2026-01-01",
    }
    write(client, scenes.regency(), step="draft", **forged)
    draft = Proposal.objects.get()
    assert (draft.state, draft.author, draft.code, draft.version) == (State.DRAFT, author, None, 1)
    assert (draft.published_at, draft.considered_at, draft.unit) == (None, None, None)


def test_form_escapes_what_was_typed(client: Client) -> None:
    evil = '"><script>alert(1)</script>'
    fields = dict.fromkeys(("title", "body", "place", "region_q", "estimate", "beneficiaries"), evil)
    answer = client.post(NEW, {"kunci": key_in(client.get(NEW).content), **fields, "step": "preview"})
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content


# --- a visitor's draft ---------------------------------------------------------------------------------


def test_visitor_writes_registers_and_sends_with_one_press(client: Client) -> None:
    preview = write(client, scenes.regency())
    page = client.get(preview).content.decode()
    assert f"/akun/daftar/?next={preview}" in page
    assert f"/akun/masuk/?next={preview}" in page
    author = member(client)
    assert "Perbaikan jalan desa menuju balai desa" in client.get(preview).content.decode()
    sent = client.post(preview.replace("pratinjau", "kirim"))
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.author) == (State.SUBMITTED, author)
    assert (sent.status_code, sent["Location"]) == (303, f"/usulan/{proposal.code}/tanda-terima/")


def test_visitor_cannot_send(client: Client) -> None:
    preview = write(client, scenes.regency())
    answer = client.post(preview.replace("pratinjau", "kirim"), {"next": preview})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/masuk/?next=")
    assert Proposal.objects.get().state == State.DRAFT


def test_visitor_finds_the_draft_again_in_this_browser_only(client: Client) -> None:
    address = write(client, scenes.regency(), step="draft").partition("?")[0]
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404
    other = Client()
    other.force_login(people.citizen())
    assert other.get(address).status_code == 404


def test_visitor_keeps_the_way_to_a_draft_that_registering_gave_to_the_account(client: Client) -> None:
    address = write(client, scenes.regency(), step="draft").partition("?")[0]
    Proposal.objects.update(author=people.citizen())
    assert client.get(address).status_code == 200


def test_double_press_on_save_leaves_one_draft(client: Client) -> None:
    place, key = scenes.regency(), key_in(client.get(NEW).content)
    for browser in (client, Client()):
        assert browser.post(NEW, {"kunci": key, **answers(place)}).status_code == 303
    assert Proposal.objects.count() == 1


def test_forged_key_begins_a_draft_of_its_own(client: Client) -> None:
    draft = save_draft(uuid.uuid4(), Content(title="Milik orang lain"), by=None)
    client.post(NEW, {"kunci": f"{draft.public_id}:1tabc:forged", "title": "Rampas", "step": "draft"})
    draft.refresh_from_db()
    assert draft.title == "Milik orang lain"
    assert Proposal.objects.count() == 2


def test_somebody_elses_draft_is_not_found(client: Client) -> None:
    draft = scenes.draft(scenes.regency())
    member(client)
    base = f"/usulan/draf/{draft.public_id}/"
    assert {client.get(base + path).status_code for path in ("", "pratinjau/", "hapus/")} == {404}
    assert {client.post(base + path).status_code for path in ("", "kirim/", "hapus/")} == {404}


# --- preview, sending, receipt ---------------------------------------------------------------------------


def test_preview_shows_similar_published_proposals_without_script(client: Client) -> None:
    place = scenes.regency()
    known = scenes.published(place, title="Perbaikan jalan desa ke balai desa")
    page = client.get(write(client, place)).content.decode()
    assert (known.code or "") in page


@pytest.mark.parametrize("number", ["0812-3456-7890", "+62 812 3456 7890", "3201010101900001"])
def test_preview_warns_of_a_number_but_does_not_hinder(client: Client, number: str) -> None:
    member(client)
    page = client.get(
        write(client, scenes.regency(), body=f"{scenes.BODY} Hubungi {number}.")
    ).content.decode()
    assert "Apakah teks Anda memuat nomor telepon atau nomor identitas?" in page
    assert "Kirim usulan" in page


def test_preview_of_an_ordinary_amount_does_not_warn(client: Client) -> None:
    body = f"{scenes.BODY} Biaya Rp150.000.000 untuk 2027 dan 1.250 warga."
    page = client.get(write(client, scenes.regency(), body=body)).content.decode()
    assert "nomor identitas?" not in page


def test_preview_of_an_incomplete_draft_offers_no_sending(client: Client) -> None:
    author = member(client)
    draft = save_draft(uuid.uuid4(), Content(title="Lampu jalan desa"), by=author)
    page = client.get(f"/usulan/draf/{draft.public_id}/pratinjau/").content.decode()
    assert "Kirim usulan" not in page
    assert "Lengkapi draf" in page


def test_send_incomplete_comes_back_to_the_form(client: Client) -> None:
    author = member(client)
    draft = save_draft(uuid.uuid4(), Content(title="Lampu jalan desa"), by=author)
    answer = client.post(f"/usulan/draf/{draft.public_id}/kirim/")
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (422, State.DRAFT)


def test_send_pressed_twice_gives_one_proposal_and_one_receipt(client: Client) -> None:
    member(client)
    send = write(client, scenes.regency()).replace("pratinjau", "kirim")
    first, second = client.post(send), client.post(send)
    assert first["Location"] == second["Location"]
    assert Proposal.objects.count() == 1


def test_send_the_eleventh_of_a_day_is_too_many_and_the_draft_stays(client: Client) -> None:
    author = member(client)
    draft = scenes.draft(scenes.regency(), author)
    send = f"/usulan/draf/{draft.public_id}/kirim/"
    for _attempt in range(10):
        count_sending(author)
    assert client.post(send).status_code == 429
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert Limit.objects.filter(key=f"proposal.send:{author.pk}").exists()


def test_receipt_holds_number_name_time_place_and_what_comes_next(client: Client) -> None:
    author = member(client)
    proposal = scenes.submitted(scenes.regency(), author)
    page = client.get(f"/usulan/{proposal.code}/tanda-terima/").content.decode()
    for text in (proposal.code, author.name, "RT 02 RW 05", "Dinas Pekerjaan Umum", "Moderator membacanya"):
        assert str(text) in page
    assert f"http://testserver/usulan/{proposal.code}/" in page
    assert 'data-draft-clear="usulan-baru"' in page


def test_receipt_is_the_authors_alone(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    member(client)
    assert client.get(f"/usulan/{proposal.code}/tanda-terima/").status_code == 404


def test_draft_that_was_sent_leads_to_its_page(client: Client) -> None:
    author = member(client)
    proposal = scenes.submitted(scenes.regency(), author)
    for path in ("", "pratinjau/"):
        answer = client.get(f"/usulan/draf/{proposal.public_id}/{path}")
        assert (answer.status_code, answer["Location"]) == (303, f"/usulan/{proposal.code}/")


def test_draft_that_was_sent_is_not_written_over_by_an_old_tab(client: Client) -> None:
    author, place = people.citizen(), scenes.regency()
    client.force_login(author)
    page = client.get(f"/usulan/draf/{scenes.draft(place, author).public_id}/").content
    key = key_in(page)
    draft = Proposal.objects.get()
    client.post(f"/usulan/draf/{draft.public_id}/kirim/")
    answer = client.post(NEW, {"kunci": key, **answers(place, title="Judul dari tab yang lama")})
    draft.refresh_from_db()
    assert (answer.status_code, draft.title) == (409, "Perbaikan jalan desa menuju balai desa")


def test_discard_asks_first_and_takes_the_draft_away(client: Client) -> None:
    author = member(client)
    draft = scenes.draft(scenes.regency(), author)
    path = f"/usulan/draf/{draft.public_id}/hapus/"
    assert "Hapus draf ini?" in client.get(path).content.decode()
    assert client.post(path).status_code == 303
    draft.refresh_from_db()
    assert draft.state == State.WITHDRAWN


# --- the place -----------------------------------------------------------------------------------------


def test_place_is_searched_without_script_and_everything_typed_stays(client: Client) -> None:
    scenes.village_region()
    address = write(client, scenes.regency(), region_q="sukamaju ciawi", step="place")
    page = client.get(address).content.decode()
    assert 'value="32.01.01.2001"' in page
    assert "Perbaikan jalan desa menuju balai desa" in page


def test_place_called_by_one_name_only_is_chosen_by_itself(client: Client) -> None:
    region = scenes.village_region()
    write(client, scenes.regency(), region_q="Sukamaju", place="")
    assert Proposal.objects.get().region == region


def test_place_typed_but_not_chosen_among_several_is_asked_for(client: Client) -> None:
    scenes.village_region()
    key = key_in(client.get(NEW).content)
    answer = client.post(NEW, {"kunci": key, **answers(scenes.regency(), region_q="Bogor")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Pilih salah satu tempat di bawah." in page
    assert 'value="32.01.01"' in page


def test_place_chosen_is_kept(client: Client) -> None:
    region = scenes.village_region()
    preview = write(client, scenes.regency(), region=region.code, region_q="Bogor")
    assert Proposal.objects.get().region == region
    assert "Desa Sukamaju, Kec. Ciawi" in client.get(preview).content.decode()


def test_place_fragment_offers_places_without_a_cookie(client: Client) -> None:
    scenes.village_region()
    answer = client.get("/usulan/tempat/", {"region_q": "sukamaju"})
    assert 'value="32.01.01.2001"' in answer.content.decode()
    assert not answer.cookies


def test_folded_answers_are_kept_and_shown(client: Client) -> None:
    place = scenes.regency()
    fields = {
        "target_unit": place.health.code,
        "estimate": "150 juta",
        "beneficiaries": "4.000 warga",
        "participant_kind": "group",
        "participant_name": "Karang Taruna Melati",
        "is_name_masked": "on",
    }
    page = client.get(write(client, place, **fields)).content.decode()
    draft = Proposal.objects.get()
    assert (draft.target_unit, draft.estimate, draft.is_name_masked) == (place.health, 150_000_000, True)
    for text in ("Rp150.000.000", "4.000 warga", "Dinas Kesehatan"):
        assert text in page
