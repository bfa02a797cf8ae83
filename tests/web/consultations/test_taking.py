"""Taking part through the pages: a visitor's way to a receipt, pages saved as one goes, nothing typed lost."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from rembuk.accounts.models import Limit, Person
from rembuk.common.clock import now
from rembuk.consultations.content import Content
from rembuk.consultations.models import ClauseText, Consultation, DraftVersion, Submission
from rembuk.consultations.writing.sheet import content_of
from tests import consultation_scenes as consultations
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHO = {"stance": "disagree", "reason": "Jadwal pagi saja.", "participant_kind": "person"}


@pytest.fixture
def made() -> Consultation:
    """Open, with a text of five clauses and one page of questions."""
    found = consultations.opened(scenes.regency())
    consultations.with_text(found)
    consultations.with_questions(found)
    return found


def page(made: Consultation, rest: str = "") -> str:
    return f"/uji-publik/{made.code}/ikut/{rest}"


def key_in(body: bytes) -> str:
    found = re.search(r'name="kunci" value="([^"]+)"', body.decode())
    assert found
    return found[1]


def save(client: Client, address: str, **fields: object) -> str:
    """Send a page as the browser does, with its key; the address it leads to."""
    answer = client.post(address, {"kunci": key_in(client.get(address).content), "step": "next", **fields})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def member(client: Client, name: str = "Sari Wulandari") -> Person:
    person = people.citizen(name)
    client.force_login(person)
    return person


def written() -> Content:
    return content_of(Submission.objects.get())


# --- page by page --------------------------------------------------------------------------------------


def test_first_page_is_private_and_keeps_nothing_until_it_is_sent(client: Client, made: Consultation) -> None:
    answer = client.get(page(made))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert not Submission.objects.exists()
    assert "sessionid" not in client.cookies


def test_visitor_writes_all_pages_and_finds_them_again(client: Client, made: Consultation) -> None:
    assert save(client, page(made), **WHO) == f"{page(made, 'butir/')}?tersimpan=siapa"
    lead = save(client, page(made, "butir/4/"), stance="agree", comment="Setuju, tetapi kurang.")
    assert lead == f"{page(made, 'butir/5/')}?tersimpan=butir-4"
    lead = save(client, page(made, "butir/5/"), suggestion="Iuran sebesar Rp10.000,00 dibayar setiap bulan.")
    assert lead == f"{page(made, 'pertanyaan/1/')}?tersimpan=butir-5"
    answers = {"q1": "0", "q1_other": "Empat kali", "q2": ["1", "3"], "q3": "5", "q4": "Pagi", "q5": "Bak."}
    assert (
        save(client, page(made, "pertanyaan/1/"), **answers) == f"{page(made, 'tinjau/')}?tersimpan=tanya-1"
    )
    said = written()
    assert (said.stance, said.remarks[4].comment, said.remarks[5].suggestion[:22]) == (
        "disagree",
        "Setuju, tetapi kurang.",
        "Iuran sebesar Rp10.000",
    )
    assert (
        said.answers[1].choices,
        said.answers[1].text,
        said.answers[2].choices,
        said.answers[3].number,
    ) == (
        (0,),
        "Empat kali",
        (1, 3),
        5,
    )
    for address, words in (
        (page(made), "Jadwal pagi saja."),
        (page(made, "butir/4/"), "Setuju, tetapi kurang."),
        (page(made, "pertanyaan/1/"), "Empat kali"),
        (page(made, "tinjau/"), "Empat kali"),
    ):
        assert words in client.get(address).content.decode()


def test_pages_of_another_browser_show_nothing_of_it(client: Client, made: Consultation) -> None:
    save(client, page(made), **WHO)
    assert "Jadwal pagi saja." not in Client().get(page(made, "tinjau/")).content.decode()


def test_list_of_clauses_says_what_was_said_of_each(client: Client, made: Consultation) -> None:
    member(client)
    save(
        client, page(made, "butir/4/"), stance="disagree", comment="Kurang sering.", suggestion="Setiap hari."
    )
    body = client.get(page(made, "butir/")).content.decode()
    assert body.count('id="butir-') == 5
    assert "1 dari 3 butir" in body
    assert "Kurang sering." in body
    assert "Tidak setuju" in body


def test_clause_shows_the_difference_of_a_suggestion_without_script(
    client: Client, made: Consultation
) -> None:
    member(client)
    original = ClauseText.objects.get(clause__number=4).body
    words = original.replace("2 (dua)", "3 (tiga)")
    lead = save(client, page(made, "butir/4/"), suggestion=words, step="see")
    assert lead == f"{page(made, 'butir/4/')}?tersimpan=butir-4#usulan-rumusan"
    for address in (page(made, "butir/4/"), page(made, "tinjau/")):
        body = re.sub(r"<span class=\"sr\">.*?</span>", "", client.get(address).content.decode())
        assert "<del>2</del><ins>3</ins>" in body
        assert "<del>dua</del><ins>tiga</ins>" in body


def test_clause_left_as_it_is_suggests_nothing(client: Client, made: Consultation) -> None:
    member(client)
    original = ClauseText.objects.get(clause__number=4).body
    save(client, page(made, "butir/4/"), suggestion=f" {original}\r\n", comment="Setuju.")
    assert written().remarks[4].suggestion == ""


def test_paragraph_is_quoted_by_its_button_without_script(client: Client, made: Consultation) -> None:
    member(client)
    lead = save(client, page(made, "butir/4/"), comment="Yang ini.", step="quote-0")
    assert lead.endswith("#id_quote")
    assert written().remarks[4].quote == ClauseText.objects.get(clause__number=4).body


def test_passage_that_is_not_in_the_clause_is_refused_and_kept(client: Client, made: Consultation) -> None:
    member(client)
    key = key_in(client.get(page(made, "butir/4/")).content)
    data = {"kunci": key, "quote": "Bukan dari naskah.", "comment": "Kurang.", "step": "next"}
    answer = client.post(page(made, "butir/4/"), data)
    assert answer.status_code == 422
    assert "Bukan dari naskah." in answer.content.decode()
    assert written().remarks[4].comment == "Kurang."


def test_text_too_long_comes_back_whole_with_its_reason(client: Client, made: Consultation) -> None:
    member(client)
    long = "x" * 5001
    answer = client.post(page(made), {**WHO, "reason": long})
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert written().reason == long


def test_clause_without_words_shows_its_parts_and_counts_like_the_others(
    client: Client, made: Consultation
) -> None:
    wordless, worded = (client.get(page(made, f"butir/{number}/")) for number in (3, 4))
    text = wordless.content.decode()

    assert "tidak memiliki kata-kata sendiri" in text
    assert [row["url"] for row in wordless.context["below"]] == [
        page(made, "butir/4/"),
        page(made, "butir/5/"),
    ]
    assert "Pengangkutan sampah rumah tangga" in text
    assert 'name="suggestion"' not in text
    assert (wordless.context["place"], worded.context["place"]) == (None, (2, 3))
    assert client.get(page(made, "butir/")).context["all_count"] == 3
    assert worded.context["below"] == []
    save(client, page(made, "butir/3/"), stance="disagree", comment="Seluruh pasal ini perlu ditinjau.")
    assert written().remarks[3].comment == "Seluruh pasal ini perlu ditinjau."
    assert client.get(page(made, "butir/1/")).context["is_wordless"] is False


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"q1": "9"}, 422),
        ({"q1": "0", "q1_other": ""}, 422),
        ({"q2": ["1", "x"]}, 422),
        ({"q3": "99"}, 422),
        ({"q4": "x" * 201}, 422),
        ({"q1": ""}, 303),
    ],
)
def test_questions_refuse_what_is_wrong_but_not_what_is_missing(
    client: Client, made: Consultation, fields: dict[str, object], status: int
) -> None:
    member(client)
    answer = client.post(page(made, "pertanyaan/1/"), {"q5": "Tambah bak sampah.", "step": "next", **fields})
    assert answer.status_code == status
    assert written().answers[5].text == "Tambah bak sampah."


def test_place_is_searched_and_chosen(client: Client, made: Consultation) -> None:
    member(client)
    village = scenes.village_region()
    lead = save(client, page(made), **WHO, region_q="Sukamaju", step="place")
    assert lead.endswith("#tempat")
    assert village.full_name in client.get(lead).content.decode()
    save(client, page(made), **WHO, region_q="Sukamaju", region=village.code)
    assert written().region == village.code
    assert village.full_name in client.get(page(made, "tinjau/")).content.decode()


def test_pages_that_do_not_exist_are_not_found(client: Client, made: Consultation) -> None:
    other = consultations.opened(scenes.regency())
    for address in (page(made, "butir/99/"), page(made, "pertanyaan/2/"), page(other, "butir/")):
        assert client.get(address).status_code == 404, address
    hidden = consultations.draft(scenes.regency())
    assert client.get(page(hidden)).status_code == 404


def test_forged_key_begins_a_draft_of_its_own(client: Client, made: Consultation) -> None:
    victim = consultations.writing(made, None)
    forged = f"{victim.public_id}:1:abc"
    assert client.post(page(made), {**WHO, "kunci": forged}).status_code == 303
    victim.refresh_from_db()
    assert (victim.working or {})["stance"] == "with_notes"
    assert Submission.objects.count() == 2


def test_form_ignores_state_owner_code_and_number(client: Client, made: Consultation) -> None:
    author, victim = member(client), people.citizen()
    forged = {
        "state": "sent",
        "author": str(victim.pk),
        "code": "UJP-2026-0001-00009",
        "number": "9",
        "version": "9",
    }
    save(client, page(made), **WHO, **forged)
    draft = Submission.objects.get()
    assert (draft.state, draft.author, draft.code, draft.number, draft.version) == (
        "draft",
        author,
        None,
        None,
        0,
    )


# --- before sending ------------------------------------------------------------------------------------


def test_review_names_what_is_missing_with_the_way_there(client: Client, made: Consultation) -> None:
    member(client)
    save(client, page(made), **{**WHO, "participant_kind": "business"})
    body = client.get(page(made, "tinjau/")).content.decode()
    assert f'href="{page(made)}#id_participant_name"' in body
    assert f'href="{page(made, "pertanyaan/1/")}#id_q1"' in body
    assert page(made, "kirim/") not in body


def test_review_of_a_visitor_leads_to_an_account_and_back(client: Client, made: Consultation) -> None:
    save(client, page(made), **WHO)
    save(client, page(made, "pertanyaan/1/"), q1="1")
    body = client.get(page(made, "tinjau/")).content.decode()
    assert f'href="/akun/daftar/?next={page(made, "tinjau/")}"' in body
    answer = client.post(page(made, "kirim/"), {"next": page(made, "tinjau/")})
    assert answer["Location"] == f"/akun/masuk/?next={page(made, 'tinjau/')}"


def test_words_of_a_visitor_are_hers_after_signing_in(client: Client, made: Consultation) -> None:
    save(client, page(made), **WHO)
    person = people.citizen()
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    assert Submission.objects.get().author == person
    assert "Jadwal pagi saja." in client.get(page(made, "tinjau/")).content.decode()


def test_words_begun_beside_ones_own_wait_for_a_decision(client: Client, made: Consultation) -> None:
    person = people.citizen()
    consultations.writing(made, person, Content(reason="Alasan lama.", stance="agree"))
    save(client, page(made), **WHO)
    client.post("/akun/masuk/", {"email": person.email, "password": people.PASSWORD})
    assert page(made, "gabung/") in client.get(page(made, "tinjau/")).content.decode()
    assert client.post(page(made, "gabung/"), {"step": "join"}).status_code == 303
    assert (written().reason, Submission.objects.count()) == ("Jadwal pagi saja.", 1)
    assert client.post(page(made, "gabung/"), {"step": "join"}).status_code == 404


# --- sending -------------------------------------------------------------------------------------------


def send(client: Client, made: Consultation, **fields: str) -> str:
    """Write the two pages that are enough, and send."""
    save(client, page(made), **{**WHO, **fields})
    save(client, page(made, "pertanyaan/1/"), q1="1")
    answer = client.post(page(made, "kirim/"), {"naskah": "1"})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def test_sent_twice_leads_to_one_receipt(client: Client, made: Consultation) -> None:
    member(client)
    receipt = send(client, made)
    assert receipt == page(made, "bukti/")
    assert client.post(page(made, "kirim/"), {"naskah": "1"})["Location"] == receipt
    Consultation.objects.filter(pk=made.pk).update(closes_at=now())
    assert client.post(page(made, "kirim/"), {"naskah": "1"})["Location"] == receipt
    body = client.get(receipt).content.decode()
    assert f"{made.code}-00001" in body
    assert "Jadwal pagi saja." in body
    assert f'data-draft-clear="masukan-{made.code}-*"' in body
    assert Submission.objects.get().state == "sent"


def test_send_incomplete_says_so_and_keeps_everything(client: Client, made: Consultation) -> None:
    member(client)
    save(client, page(made), **WHO)
    answer = client.post(page(made, "kirim/"), {"naskah": "1"})
    assert answer.status_code == 422
    assert "Jadwal pagi saja." in answer.content.decode()
    assert Submission.objects.get().state == "draft"


def test_send_after_closing_is_refused_with_the_instant_and_the_words(
    client: Client, made: Consultation
) -> None:
    member(client)
    save(client, page(made), **WHO)
    save(client, page(made, "pertanyaan/1/"), q1="1")
    Consultation.objects.filter(pk=made.pk).update(closes_at=now() - timedelta(minutes=1))
    answer = client.post(page(made, "kirim/"), {"naskah": "1"})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert f"{made.zone}" in body
    assert "Jadwal pagi saja." in body
    draft = Submission.objects.get()
    assert (draft.state, content_of(draft).stance) == ("draft", "disagree")


def test_page_posted_after_closing_is_kept_and_told_so(client: Client, made: Consultation) -> None:
    member(client)
    save(client, page(made), **WHO)
    Consultation.objects.filter(pk=made.pk).update(closes_at=now() - timedelta(minutes=1))
    answer = client.post(page(made, "butir/4/"), {"comment": "Terlambat ditulis."})
    assert answer.status_code == 409
    assert "Terlambat ditulis." in answer.content.decode()
    assert written().remarks[4].comment == "Terlambat ditulis."


def test_before_opening_the_instant_is_named_and_nothing_kept(client: Client) -> None:
    made = consultations.scheduled(scenes.regency())
    answer = client.get(page(made))
    assert answer.status_code == 200
    assert made.zone in answer.content.decode()
    assert client.post(page(made), WHO).status_code == 409
    assert not Submission.objects.exists()


def publish_version(made: Consultation, **words: str) -> None:
    version = DraftVersion.objects.create(consultation=made, number=2, created_at=now())
    for text in ClauseText.objects.filter(version__consultation=made, version__number=1).order_by("position"):
        text.pk, text.version, text.parent = None, version, None
        if text.clause.number == 4:
            text.body = words.get("body", text.body)
        text.save(force_insert=True)
    DraftVersion.objects.filter(pk=version.pk).update(published_at=now())


def test_new_version_while_writing_shows_the_difference_before_sending(
    client: Client, made: Consultation
) -> None:
    member(client)
    save(client, page(made), **WHO)
    save(client, page(made, "butir/4/"), comment="Kurang sering.")
    save(client, page(made, "pertanyaan/1/"), q1="1")
    publish_version(made, body="Pengangkutan sampah rumah tangga dilakukan setiap hari.")
    answer = client.post(page(made, "kirim/"), {"naskah": "1"})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "setiap" in body
    assert "Kurang sering." in body
    assert 'name="naskah" value="2"' in body
    assert "setiap" in client.get(page(made, "butir/4/")).content.decode()
    assert client.post(page(made, "kirim/"), {"naskah": "2"}).status_code == 303


# --- afterwards ----------------------------------------------------------------------------------------


def test_change_makes_a_version_whose_difference_the_author_reads(client: Client, made: Consultation) -> None:
    member(client)
    receipt = send(client, made)
    save(client, page(made), **{**WHO, "reason": "Jadwal sore saja."})
    assert "Jadwal pagi saja." in client.get(receipt).content.decode()
    review = client.get(page(made, "tinjau/")).content.decode()
    assert re.sub(r"<span class=\"sr\">.*?</span>", "", review).count("<del>pagi</del><ins>sore</ins>") == 1
    assert client.post(page(made, "kirim/"), {"naskah": "1"}).status_code == 303
    body = re.sub(r"<span class=\"sr\">.*?</span>", "", client.get(receipt).content.decode())
    assert "<del>pagi</del><ins>sore</ins>" in body
    assert Submission.objects.get().version == 2


def test_withdraw_asks_first_and_then_takes_it_back(client: Client, made: Consultation) -> None:
    member(client)
    send(client, made)
    assert client.get(page(made, "tarik/")).status_code == 200
    assert Submission.objects.get().state == "sent"
    assert client.post(page(made, "tarik/")).status_code == 303
    assert Submission.objects.get().state == "withdrawn"
    assert client.get(page(made, "bukti/")).status_code == 404


def test_withdraw_after_closing_is_refused(client: Client, made: Consultation) -> None:
    member(client)
    send(client, made)
    Consultation.objects.filter(pk=made.pk).update(closes_at=now() - timedelta(minutes=1))
    answer = client.post(page(made, "tarik/"))
    assert answer.status_code == 409
    assert "Tidak dapat dilakukan sekarang" in answer.content.decode()
    assert "Sudah didahului" not in answer.content.decode()
    assert Submission.objects.get().state == "sent"


def test_discard_by_a_visitor_asks_first_and_then_deletes(client: Client, made: Consultation) -> None:
    save(client, page(made), **WHO)
    assert client.get(page(made, "buang/")).status_code == 200
    assert client.post(page(made, "buang/")).status_code == 303
    assert not Submission.objects.exists()
    assert client.post(page(made, "buang/")).status_code == 404


def test_own_pages_are_nobody_elses(client: Client, made: Consultation) -> None:
    consultations.sent(made, people.citizen())
    member(client)
    for rest in ("bukti/", "tarik/"):
        assert client.get(page(made, rest)).status_code == 404
    assert client.post(page(made, "kirim/")).status_code == 404


# --- who may, how often, how dear ----------------------------------------------------------------------


def test_named_organisations_only_is_explained_and_reading_stays_open(
    client: Client, made: Consultation
) -> None:
    consultations.invite(made, "forum@contoh.id")
    body = client.get(page(made)).content.decode()
    assert "/akun/masuk/?next=" in body
    member(client)
    answer = client.get(page(made))
    assert (answer.status_code, "<form" in answer.content.decode().split("<main")[1]) == (200, False)
    assert client.post(page(made), WHO).status_code == 403
    assert not Submission.objects.exists()
    assert client.get(f"/uji-publik/{made.code}/").status_code == 200
    invited = Client()
    invited.force_login(people.citizen(email="forum@contoh.id"))
    assert invited.post(page(made), WHO).status_code == 303


def test_saving_and_sending_are_limited(client: Client, made: Consultation) -> None:
    person = member(client)
    save(client, page(made), **WHO)
    Limit.objects.filter(key=f"submission.save:{person.pk}").update(count=500)
    assert client.post(page(made), WHO).status_code == 429
    client.post(page(made, "kirim/"))
    Limit.objects.filter(key=f"submission.send:{person.pk}").update(count=30)
    assert client.post(page(made, "kirim/")).status_code == 429


def test_hostile_words_are_shown_as_words(client: Client, made: Consultation) -> None:
    member(client)
    hostile = '"><script>alert(1)</script>{{ 7|add:7 }}'
    save(
        client,
        page(made),
        **{**WHO, "reason": hostile, "participant_kind": "group", "participant_name": hostile},
    )
    save(client, page(made, "butir/4/"), comment=hostile, suggestion=hostile)
    save(client, page(made, "pertanyaan/1/"), q1="0", q1_other=hostile, q5=hostile)
    for rest in ("", "butir/", "butir/4/", "pertanyaan/1/", "tinjau/"):
        body = client.get(page(made, rest)).content.decode()
        assert "<script>alert" not in body, rest
    assert client.get(f"{page(made, 'butir/')}?tersimpan=%22%3E%3Cscript%3E").status_code == 200


@pytest.mark.parametrize(
    ("rest", "queries"), [("", 10), ("butir/", 9), ("butir/4/", 9), ("tinjau/", 10), ("pertanyaan/1/", 9)]
)
def test_pages_cost_the_same_with_one_and_three_remarks(
    client: Client, made: Consultation, django_assert_num_queries: object, rest: str, queries: int
) -> None:
    member(client)
    save(client, page(made), **WHO)
    for numbers in ((4,), (2, 5)):
        for number in numbers:
            save(client, page(made, f"butir/{number}/"), comment="Kurang.")
        with django_assert_num_queries(queries):  # type: ignore[operator]
            client.get(page(made, rest))


def test_receipt_costs_the_same_with_one_and_three_versions(
    client: Client, made: Consultation, django_assert_num_queries: object
) -> None:
    person = member(client)
    send(client, made)
    for turn in ("Sore.", "Malam."):
        with django_assert_num_queries(14):  # type: ignore[operator]
            assert client.get(page(made, "bukti/")).status_code == 200
        for number in (2, 4, 5):
            save(client, page(made, f"butir/{number}/"), comment=turn)
        client.post(page(made, "kirim/"), {"naskah": "1"})
    assert Submission.objects.get(author=person).version == 3
