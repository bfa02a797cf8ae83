"""A proposal's page: what everybody reads, what only some, and that it costs few queries."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from rembuk.audit.models import AuditEntry
from rembuk.common.clock import now
from rembuk.engagement.actions.comments import Draft, post_comment
from rembuk.files.models import StoredFile
from rembuk.proposals.choices import AnswerKind, AssessmentVerdict
from rembuk.proposals.models import (
    Assessment,
    Attachment,
    Decision,
    Disposition,
    OfficialAnswer,
    Proposal,
    StageEntry,
)
from rembuk.proposals.states import State
from rembuk.siteconfig import selectors as siteconfig
from tests import consultation_scenes as consultations
from tests import people, program_scenes, scenes

pytestmark = pytest.mark.django_db


def page_of(client: Client, proposal: Proposal) -> str:
    answer = client.get(f"/usulan/{proposal.code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def file_row(number: int) -> StoredFile:
    return StoredFile.objects.create(
        kind="document",
        purpose="proposal",
        name=f"berkas-{number}.pdf",
        content_type="application/pdf",
        size=1200,
        sha256="0" * 64,
        storage_key=f"x/{number}-{StoredFile.objects.count()}",
        created_at=now(),
    )


def fill(proposal: Proposal, place: scenes.Regency, rows: int) -> None:
    """Give a proposal ``rows`` of everything its page lists."""
    units = [place.works, place.health, place.roads]
    for number in range(rows):
        Attachment.objects.create(proposal=proposal, file=file_row(number), position=number)
        StageEntry.objects.create(
            proposal=proposal,
            source="village_meeting",
            label="Musrenbang kecamatan",
            layout="uji",
            number=f"{proposal.pk}-{number}",
            parent_number="0",
        )
        common = {"proposal": proposal, "unit": units[number]}
        Disposition.objects.create(**common, given_at=now(), due_at=now() + timedelta(days=60))
        Assessment.objects.create(**common, verdict="feasible", reason="Layak dikerjakan.", at=now())
        OfficialAnswer.objects.create(**common, kind="declined", reason="Belum ada anggaran.", at=now())
        Decision.objects.create(
            proposal=proposal, step="publish", from_state="submitted", to_state="published", at=now()
        )
        assert proposal.subject
        post_comment(proposal.subject, Draft(body="Kami di RW 03 setuju."), by=people.citizen())


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_nine_queries_with_one_and_three_rows_of_everything(
    client: Client, rows: int, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    fill(proposal, place, rows)
    siteconfig.forget()
    with django_assert_num_queries(9):  # type: ignore[operator]
        page = page_of(client, proposal)
    assert page.count("Kami di RW 03 setuju.") == rows
    assert page.count("Musrenbang kecamatan") == rows
    assert page.count("Layak dikerjakan.") == rows


def test_page_for_visitors_sets_no_cookie_and_is_shared(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    answer = client.get(f"/usulan/{proposal.code}/")
    assert not answer.cookies
    assert answer["Cache-Control"].startswith("public, max-age=0, must-revalidate")
    assert b"csrfmiddlewaretoken" not in answer.content
    again = client.get(f"/usulan/{proposal.code}/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_page_for_members_is_private(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    client.force_login(people.citizen())
    assert client.get(f"/usulan/{proposal.code}/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("spelling", ["usl-2026-7", "USL 2026 000007", "usl2026000007", "Usl.2026.7"])
def test_page_any_spelling_leads_to_the_canonical_path(client: Client, spelling: str) -> None:
    proposal = scenes.published(scenes.regency())
    Proposal.objects.filter(pk=proposal.pk).update(code="USL-2026-000007")
    answer = client.get(f"/usulan/{spelling}/")
    assert (answer.status_code, answer["Location"]) == (301, "/usulan/USL-2026-000007/")


def test_page_in_english_stays_under_its_prefix(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    Proposal.objects.filter(pk=proposal.pk).update(code="USL-2026-000008")
    assert client.get("/en/usulan/usl-2026-8/")["Location"] == "/en/usulan/USL-2026-000008/"


@pytest.mark.parametrize("code", ["USL-2026-999999", "PRG-2026-0001", "x", "USL-2026-0000001x"])
def test_page_of_nothing_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/usulan/{code}/").status_code == 404


def test_page_of_a_waiting_proposal_is_for_author_and_office_only(client: Client) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.submitted(place, author)
    readers = [
        (None, 404),
        (people.citizen(), 404),
        (author, 200),
        (people.staff("moderator", place.works), 200),
        (people.staff("moderator", place.health), 404),
    ]
    seen = []
    for reader, _expected in readers:
        client.logout()
        if reader is not None:
            client.force_login(reader)
        seen.append(client.get(f"/usulan/{proposal.code}/").status_code)
    assert seen == [expected for _reader, expected in readers]


def test_page_of_nobodys_business_escapes_every_text(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    place = scenes.regency()
    author = people.citizen(name=evil)
    proposal = scenes.published(
        place,
        author,
        title=f"Jalan rusak {evil}",
        body=f"{evil} " * 5,
        place=evil,
        beneficiaries=evil,
    )
    page = page_of(client, proposal)
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 9


def test_page_has_a_preview_for_messengers(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    page = page_of(client, proposal)
    assert f'<meta property="og:title" content="{proposal.title}">' in page
    assert f'<meta property="og:url" content="http://testserver/usulan/{proposal.code}/">' in page
    assert f'<meta property="og:description" content="{proposal.excerpt}">' in page


def test_page_shows_links_in_the_text_without_passing_anything_on(client: Client) -> None:
    body = f"{scenes.BODY} Foto ada di https://contoh.id/foto?a=1."
    page = page_of(client, scenes.published(scenes.regency(), body=body))
    assert '<a href="https://contoh.id/foto?a=1" rel="nofollow ugc noopener noreferrer">' in page


def test_page_past_its_deadline_says_so(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    tag = "Lewat batas, belum ditanggapi"
    assert tag not in page_of(client, proposal)
    Proposal.objects.filter(pk=proposal.pk).update(answer_due_at=now() - timedelta(minutes=1))
    assert tag in page_of(client, proposal)


def test_page_of_a_bulk_decision_names_how_many(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    Decision.objects.filter(proposal=proposal, step="publish").update(bulk_size=500)
    assert "Diputuskan bersama untuk 500 usulan." in page_of(client, proposal)


def test_page_tells_the_history_with_office_reason_and_explanation(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    Decision.objects.filter(proposal=proposal, step="publish").update(explanation="Sesuai pedoman.")
    page = page_of(client, proposal)
    assert "Kabupaten Contoh" in page
    assert "Sesuai pedoman." in page


def test_page_shows_the_answer_that_stands_and_folds_the_earlier(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    for number, kind in enumerate((AnswerKind.DECLINED, AnswerKind.DEFERRED)):
        OfficialAnswer.objects.create(
            proposal=proposal,
            kind=kind,
            reason=f"Alasan lengkap nomor {number}.",
            unit=place.works,
            at=now() + timedelta(seconds=number),
        )
    page = page_of(client, proposal)
    assert page.index("Alasan lengkap nomor 1.") < page.index("Alasan lengkap nomor 0.")


def test_page_shows_what_an_office_found_and_who_has_not_yet(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    for unit in (place.works, place.health):
        Disposition.objects.create(proposal=proposal, unit=unit, given_at=now(), due_at=now())
    Assessment.objects.create(
        proposal=proposal,
        unit=place.works,
        verdict=AssessmentVerdict.CONDITIONAL,
        reason="Lahan harus dibebaskan dahulu.",
        at=now(),
    )
    page = page_of(client, proposal)
    assert "Lahan harus dibebaskan dahulu." in page
    assert page.count("Belum ditelaah.") == 1


# --- names ---------------------------------------------------------------------------------------------


def test_masked_name_is_on_no_page_but_the_authors(client: Client) -> None:
    place, author = scenes.regency(), people.citizen(name="Ratna Kusumawardani")
    proposal = scenes.published(place, author, is_name_masked=True)
    assert "Ratna" not in page_of(client, proposal)
    assert "Warga, nama disamarkan" in page_of(client, proposal)
    assert b"Ratna" not in client.get(f"/usulan/{proposal.code}/cetak/").content
    client.force_login(people.staff("moderator", place.root))
    assert "Ratna" not in page_of(client, proposal)


def test_masked_name_is_shown_to_an_officer_who_asks_and_the_look_is_recorded(client: Client) -> None:
    place, author = scenes.regency(), people.citizen(name="Ratna Kusumawardani")
    proposal = scenes.published(place, author, is_name_masked=True)
    officer = people.staff("unit-admin", place.works)
    client.force_login(officer)
    assert f"/usulan/{proposal.code}/nama/" in page_of(client, proposal)
    answer = client.post(f"/usulan/{proposal.code}/nama/")
    assert "Ratna Kusumawardani" in answer.content.decode()
    entry = AuditEntry.objects.get(verb="proposal.masked_name_seen")
    assert (entry.actor_person_id, entry.target_key) == (officer.pk, proposal.code)


@pytest.mark.parametrize("role", ["moderator", "assessor"])
def test_masked_name_is_refused_without_the_right(client: Client, role: str) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, is_name_masked=True)
    client.force_login(people.staff(role, place.works))
    assert client.post(f"/usulan/{proposal.code}/nama/").status_code == 403
    assert not AuditEntry.objects.filter(verb="proposal.masked_name_seen").exists()


def test_masked_name_is_not_visible_to_an_officer_elsewhere(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, is_name_masked=True)
    client.force_login(people.staff("unit-admin", place.health))
    assert client.post(f"/usulan/{proposal.code}/nama/").status_code == 404


def test_name_of_a_group_stands_for_its_author(client: Client) -> None:
    proposal = scenes.published(
        scenes.regency(), participant_kind="group", participant_name="Karang Taruna Melati"
    )
    page = page_of(client, proposal)
    assert "Karang Taruna Melati" in page
    assert "Sari Wulandari" not in page


def test_name_of_a_deleted_account_is_gone(client: Client) -> None:
    author = people.citizen()
    proposal = scenes.published(scenes.regency(), author)
    author.deleted_at = timezone.now()
    author.save()
    page = page_of(client, proposal)
    assert "Sari Wulandari" not in page
    with translation.override("id"):
        assert author.shown_name in page


# --- pages of what is not public -----------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.REJECTED, State.HIDDEN])
def test_stub_shows_the_reason_and_never_the_text(client: Client, state: State) -> None:
    place = scenes.regency()
    proposal = scenes.submitted(place)
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    Decision.objects.create(
        proposal=proposal,
        step="reject",
        from_state="submitted",
        to_state=state,
        at=now(),
        office=place.works,
        explanation="Memuat nomor telepon orang lain.",
    )
    page = page_of(client, proposal)
    assert "Memuat nomor telepon orang lain." in page
    assert (proposal.code or "") in page
    assert "Dinas Pekerjaan Umum" in page
    assert proposal.title not in page
    assert "balai desa" not in page
    assert 'content="noindex"' in page


@pytest.mark.parametrize("state", [State.REJECTED, State.HIDDEN])
def test_stub_has_no_print_view_versions_or_files(client: Client, state: State) -> None:
    proposal = scenes.published(scenes.regency())
    attachment = Attachment.objects.create(proposal=proposal, file=file_row(1))
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    paths = ("cetak/", "versi/", f"lampiran/{attachment.file.public_id}/")
    assert {client.get(f"/usulan/{proposal.code}/{path}").status_code for path in paths} == {404}


@pytest.mark.parametrize("state", [State.REJECTED, State.HIDDEN])
def test_stub_is_the_whole_page_for_author_and_office(client: Client, state: State) -> None:
    place, author = scenes.regency(), people.citizen()
    proposal = scenes.published(place, author)
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    for reader in (author, people.staff("moderator", place.root)):
        client.force_login(reader)
        assert "balai desa" in page_of(client, proposal)


def test_duplicate_points_to_the_kept_one_and_shows_both_texts(client: Client) -> None:
    place = scenes.regency()
    kept = scenes.published(place, title="Jalan desa Krajan diperbaiki", body="Teks yang dipertahankan. " * 3)
    proposal = scenes.published(place)
    Proposal.objects.filter(pk=proposal.pk).update(state=State.DUPLICATE, duplicate_of=kept)
    page = page_of(client, proposal)
    assert f'href="/usulan/{kept.code}/"' in page
    assert "Teks yang dipertahankan." in page
    assert "Jalan menuju balai desa berlubang" in page


def test_duplicate_of_a_hidden_one_does_not_show_its_text(client: Client) -> None:
    place = scenes.regency()
    kept = scenes.published(place, title="Jalan desa Krajan diperbaiki", body="Teks yang dipertahankan. " * 3)
    proposal = scenes.published(place)
    Proposal.objects.filter(pk=kept.pk).update(state=State.HIDDEN)
    Proposal.objects.filter(pk=proposal.pk).update(state=State.DUPLICATE, duplicate_of=kept)
    page = page_of(client, proposal)
    assert "Teks yang dipertahankan." not in page
    assert "Jalan desa Krajan diperbaiki" not in page


def test_withdrawn_page_stays_where_it_had_been_public(client: Client) -> None:
    place = scenes.regency()
    public, waiting = scenes.published(place), scenes.submitted(place)
    Proposal.objects.update(state=State.WITHDRAWN)
    assert client.get(f"/usulan/{public.code}/").status_code == 200
    assert client.get(f"/usulan/{waiting.code}/").status_code == 404


def test_print_view_has_text_and_history_but_no_talk(client: Client) -> None:
    proposal = scenes.published(scenes.regency())
    answer = client.get(f"/usulan/{proposal.code}/cetak/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Jalan menuju balai desa berlubang" in page
    assert 'id="komentar"' not in page


def test_search_fragment_finds_similar_titles_without_a_cookie(client: Client) -> None:
    proposal = scenes.published(scenes.regency(), title="Lampu jalan dari pasar sampai puskesmas")
    answer = client.get("/usulan/serupa/", {"title": "lampu jln pasar puskesmas"})
    assert (proposal.code or "") in answer.content.decode()
    assert not answer.cookies


def test_search_fragment_never_shows_what_is_not_listed(client: Client) -> None:
    scenes.submitted(scenes.regency(), title="Lampu jalan dari pasar sampai puskesmas")
    answer = client.get("/usulan/serupa/", {"title": "Lampu jalan dari pasar sampai puskesmas"})
    assert answer.content.strip() == b""


def test_page_leads_an_officer_of_the_unit_to_the_desk(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    link = f"/kelola/usulan/{proposal.code}/"
    seen = []
    for reader in (people.staff("moderator", place.works), people.staff("moderator", place.health)):
        client.force_login(reader)
        seen.append(link in page_of(client, proposal))
    client.force_login(people.citizen())
    assert [*seen, link in page_of(client, proposal)] == [True, False, False]


def test_page_leads_to_the_consultations_of_its_programme(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    program = program_scenes.published(place, proposal)
    made, draft = consultations.concluded(place), consultations.draft(place, title="Naskah rahasia")
    for row in (made, draft):
        consultations.tie(row, program)
    page = page_of(client, proposal)
    assert f'href="/uji-publik/{made.code}/"' in page
    assert "Tiga pasal berubah karena masukan warga." in page
    assert "Naskah rahasia" not in page
