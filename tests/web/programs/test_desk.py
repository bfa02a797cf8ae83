"""The desk of programmes: who gets in, putting a programme together without script, its steps and reports."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rembuk.audit.models import AuditEntry
from rembuk.files.models import StoredFile
from rembuk.programs.actions import phases, report
from rembuk.programs.choices import DEFAULT_SENTENCES, Extent
from rembuk.programs.models import Document, Program, Update
from tests import people, scenes
from tests import program_scenes as programs
from tests.files.uploads import picture
from tests.scenes import Regency

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Perbaikan jalan desa Sukamaju",
    "summary": "Lima ruas jalan desa diperkeras agar dapat dilewati sepanjang tahun.",
    "body": "",
    "category": "",
    "year": "2027",
    "region": "",
    "place": "",
}
DATES = {
    f"{name}_{number}": f"2027-0{number}-{day}"
    for number in (1, 2, 3)
    for name, day in (("start", "01"), ("end", "28"))
}


def manager_of(client: Client, place: Regency) -> people.Person:
    person = programs.manager(place)
    client.force_login(person)
    return person


def jpeg(name: str) -> SimpleUploadedFile:
    """A small picture as a browser sends it."""
    return SimpleUploadedFile(name, picture(), content_type="image/jpeg")


def chosen(*codes: str | None, sentence: str = programs.SENTENCE) -> dict[str, object]:
    """The part of the form that names the proposals."""
    each = {
        f"{code}-{name}": value
        for code in codes
        for name, value in (("extent", "whole"), ("sentence", sentence))
    }
    return {"usulan": [str(code) for code in codes], **each}


def test_new_program_from_proposals_named_in_the_address_is_saved_as_draft(client: Client) -> None:
    place = scenes.regency()
    manager_of(client, place)
    proposals = [scenes.published(place) for _ in range(2)]
    codes = [row.code for row in proposals]
    shown = client.get(reverse("desk_programs:new"), {"usulan": codes})
    assert all(str(code) in shown.content.decode() for code in codes)
    data = {**WORDS, **DATES, "unit": place.works.code, **chosen(*codes), "step": "save"}
    answer = client.post(reverse("desk_programs:new"), data)
    program = Program.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("desk_programs:detail", args=[program.code]),
    )
    assert (program.state, program.links.count()) == ("draft", 2)


def test_new_program_by_search_without_script_keeps_everything_typed(client: Client) -> None:
    place = scenes.regency()
    manager_of(client, place)
    proposal = scenes.published(place, title="Jembatan gantung Cibeet perlu diganti")
    typed = {**WORDS, "unit": place.works.code, "cari-q": "jembatan"}
    searched = client.post(reverse("desk_programs:new"), {**typed, "step": "search"})
    assert f'name="pilih" value="{proposal.code}"' in searched.content.decode()
    added = client.post(reverse("desk_programs:new"), {**typed, "step": "add", "pilih": [proposal.code]})
    text = added.content.decode()
    assert f'name="usulan" value="{proposal.code}"' in text
    assert WORDS["summary"] in text
    removed = client.post(
        reverse("desk_programs:new"), {**typed, **chosen(proposal.code), "usulan": [], "step": "search"}
    )
    assert f'name="usulan" value="{proposal.code}"' not in removed.content.decode()
    assert not Program.objects.exists()


def test_new_program_takes_all_that_a_search_by_category_and_region_found(client: Client) -> None:
    place = scenes.regency()
    manager_of(client, place)
    there = scenes.village_region()
    scenes.published(place, title="Jembatan di tempat lain", region=None)
    wanted = {
        str(scenes.published(place, title=f"Jembatan {word}", region=there).code) for word in ("a", "b")
    }
    search = {"cari-q": "jembatan", "cari-category": place.category.slug, "cari-region": "32"}
    answer = client.post(reverse("desk_programs:new"), {**WORDS, **search, "step": "add-all"})
    assert {str(choice.proposal.code) for choice in answer.context["links"].choices} == wanted
    assert answer.context["found"] == []


def test_new_program_applies_one_sentence_to_all(client: Client) -> None:
    place = scenes.regency()
    manager_of(client, place)
    codes = [scenes.published(place).code for _ in range(2)]
    words = "Kedua usulan digabung dalam satu paket pekerjaan."
    data = {**WORDS, **chosen(*codes), "semua-extent": "part", "semua-sentence": words, "step": "apply"}
    assert client.post(reverse("desk_programs:new"), data).content.decode().count(f"{words}</textarea>") == 3


def test_new_program_lets_an_offered_sentence_follow_the_extent(client: Client) -> None:
    place = scenes.regency()
    manager_of(client, place)
    code = scenes.published(place).code
    with translation.override("id"):
        offered = {extent: str(text) for extent, text in DEFAULT_SENTENCES.items()}
    links = chosen(code, sentence=offered[Extent.WHOLE])
    data = {**WORDS, "unit": place.works.code, **links, f"{code}-extent": "input", "step": "save"}
    assert client.post(reverse("desk_programs:new"), data).status_code == 303
    assert Program.objects.get().links.get().sentence == offered[Extent.INPUT]


def test_new_program_with_faults_is_422_and_names_them_first(client: Client) -> None:
    place = scenes.regency()
    manager_of(client, place)
    code = scenes.published(place).code
    data = {
        **WORDS,
        "title": "x",
        "unit": place.works.code,
        **chosen(code, sentence="pendek"),
        "step": "save",
    }
    answer = client.post(reverse("desk_programs:new"), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{code}-sentence"' in text
    assert 'href="#id_title"' in text


def test_new_program_never_takes_state_code_or_owner_from_the_form(client: Client) -> None:
    place = scenes.regency()
    person = manager_of(client, place)
    data = {
        **WORDS,
        "unit": place.works.code,
        "step": "save",
        "state": "completed",
        "code": "PRG-2020-0001",
        "created_by": "1",
    }
    client.post(reverse("desk_programs:new"), data)
    program = Program.objects.get()
    assert (program.state, program.created_by) == ("draft", person)
    assert program.code != "PRG-2020-0001"


def test_new_program_for_a_unit_elsewhere_is_422(client: Client) -> None:
    place = scenes.regency()
    manager_of(client, place)
    data = {**WORDS, "unit": place.health.code, "step": "save"}
    assert client.post(reverse("desk_programs:new"), data).status_code == 422


def test_proposals_of_another_unit_are_neither_found_nor_chosen(client: Client) -> None:
    place = scenes.regency()
    manager_of(client, place)
    foreign = scenes.published(place, category=place.other_category, title="Puskesmas pembantu di desa")
    data = {**WORDS, "cari-q": "puskesmas", "step": "search", **chosen(foreign.code)}
    assert str(foreign.code) not in client.post(reverse("desk_programs:new"), data).content.decode()


ROUTES = ("detail", "edit", "link", "revise", "update", "document_new")


@pytest.mark.parametrize("route", ROUTES)
def test_program_of_another_unit_is_404_on_the_desk(route: str, client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place)
    client.force_login(people.staff("program-manager", place.health))
    assert client.get(reverse(f"desk_programs:{route}", args=[program.code])).status_code == 404


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("program-manager", [200, 200, 200, 200, 200, 200]),
        ("unit-admin", [200, 200, 200, 200, 200, 200]),
        ("auditor", [200, 403, 403, 403, 403, 403]),
        ("moderator", [200, 403, 403, 403, 403, 403]),
    ],
)
def test_desk_routes_by_role(role: str, statuses: list[int], client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place)
    client.force_login(people.staff(role, place.root))
    found = [
        client.get(reverse(f"desk_programs:{route}", args=[program.code])).status_code for route in ROUTES
    ]
    assert found == statuses


def test_desk_is_closed_to_citizens_and_leads_visitors_to_sign_in(client: Client) -> None:
    assert client.get(reverse("desk_programs:list")).status_code == 302
    client.force_login(people.citizen())
    assert client.get(reverse("desk_programs:list")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_number_of_queries(
    rows: int, client: Client, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    for _ in range(rows):
        programs.draft(place, scenes.published(place), by=by)
    client.get(reverse("desk_programs:list"))
    with django_assert_num_queries(8):  # type: ignore[operator]
        assert len(client.get(reverse("desk_programs:list")).context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_takes_the_same_number_of_queries(
    rows: int, client: Client, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, *[scenes.published(place) for _ in range(rows)], by=by)
    for number in range(rows):
        report.post_update(programs.phase(program, 1), title="Kabar", body="Isi", by=by)
        report.add_document(
            program, title=f"KAK {number}", file=programs.stored("kak.pdf", "document"), by=by
        )
    client.get(reverse("desk_programs:detail", args=[program.code]))
    with django_assert_num_queries(20):  # type: ignore[operator]
        client.get(reverse("desk_programs:detail", args=[program.code]))


def test_edit_saves_words_and_dates_of_a_draft(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.draft(place, by=by)
    data = {**WORDS, **DATES, "unit": place.works.code}
    assert client.post(reverse("desk_programs:edit", args=[program.code]), data).status_code == 303
    program.refresh_from_db()
    assert (program.title, programs.phase(program, 1).planned_end_on.isoformat()) == (
        WORDS["title"],
        "2027-01-28",
    )


def test_publish_asks_first_and_says_how_many_are_told(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    proposal = scenes.published(place, people.citizen())
    programs.support(proposal, people.citizen(), people.citizen())
    program = programs.draft(place, proposal, by=by)
    url = reverse("desk_programs:step", args=[program.code, "publish"])
    asked = client.get(url).content.decode()
    assert "1 pengusul" in asked
    assert "2 pendukung" in asked
    assert client.post(url, {"start_planning": "on"}).status_code == 303
    program.refresh_from_db()
    assert (program.state, programs.phase(program, 1).state) == ("published", "active")


def test_publish_without_dates_is_422_with_the_reason(client: Client) -> None:
    place = scenes.regency()
    manager_of(client, place)
    client.post(reverse("desk_programs:new"), {**WORDS, "unit": place.works.code, "step": "save"})
    code = Program.objects.get().code
    answer = client.post(reverse("desk_programs:step", args=[code, "publish"]), {})
    assert answer.status_code == 422
    assert "tanggal rencana" in answer.content.decode()


def test_cancel_needs_a_public_reason(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    url = reverse("desk_programs:step", args=[program.code, "cancel"])
    assert client.post(url, {"reason": "pendek"}).status_code == 422
    assert client.post(url, {"reason": programs.REASON}).status_code == 303
    assert client.post(url, {"reason": programs.REASON}).status_code == 409


def test_unknown_steps_are_404(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    assert client.get(reverse("desk_programs:step", args=[program.code, "explode"])).status_code == 404
    assert (
        client.get(reverse("desk_programs:phase_step", args=[program.code, 1, "explode"])).status_code == 404
    )
    assert client.get(reverse("desk_programs:phase_step", args=[program.code, 7, "start"])).status_code == 404


def test_phase_board_starts_finishes_and_lets_another_lead(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    for number in (1, 3):
        url = reverse("desk_programs:phase_step", args=[program.code, number, "start"])
        assert client.post(url, {"on": "2026-11-20"}).status_code == 303
    assert client.post(reverse("desk_programs:lead", args=[program.code, 3])).status_code == 303
    assert programs.phase(program, 3).is_leading
    finish = reverse("desk_programs:phase_step", args=[program.code, 1, "finish"])
    assert client.post(finish, {"on": "2026-11-01"}).status_code == 422
    restart = reverse("desk_programs:phase_step", args=[program.code, 1, "restart"])
    assert client.post(restart, {"reason": programs.REASON}).status_code == 409


def test_revise_shows_first_and_present_plan_and_publishes_the_new_one(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    url = reverse("desk_programs:revise", args=[program.code])
    assert "Rencana awal" in client.get(url).content.decode()
    dates = {
        f"{name}_{number}": day.isoformat()
        for number, span in programs.PLAN.items()
        for name, day in zip(("start", "end"), span, strict=True)
        if day
    }
    assert client.post(url, {**dates, "reason": programs.REASON}).status_code == 422
    assert client.post(url, {**dates, "end_3": "2028-02-01", "reason": programs.REASON}).status_code == 303
    assert program.revisions.get().changes[0]["new"] == "2028-02-01"


def test_link_to_a_running_program_answers_at_once(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program, proposal = programs.published(place, by=by), scenes.published(place)
    url = reverse("desk_programs:link", args=[program.code])
    assert "tanggapan resmi" in client.get(url, {"usulan": proposal.code}).content.decode()
    assert client.post(url, {"step": "save"}).status_code == 422
    assert client.post(url, {**chosen(proposal.code), "step": "save"}).status_code == 303
    assert programs.states([proposal]) == ["adopted"]


def test_choose_offers_drafts_and_running_programs_with_the_proposals_kept(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    draft, proposal = programs.draft(place, by=by), scenes.published(place)
    text = client.get(reverse("desk_programs:choose"), {"usulan": proposal.code}).content.decode()
    assert f"{reverse('desk_programs:link', args=[draft.code])}?usulan={proposal.code}" in text


def test_reword_and_unlink_in_a_draft(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    proposal = scenes.published(place)
    program = programs.draft(place, proposal, by=by)
    where = [program.code, proposal.code]
    words = {"extent": "input", "sentence": "Usulan Anda menjadi bahan penyusunan rencana."}
    assert client.post(reverse("desk_programs:reword", args=where), words).status_code == 303
    assert program.links.get().extent == "input"
    assert client.post(reverse("desk_programs:unlink", args=where)).status_code == 303
    assert client.get(reverse("desk_programs:unlink", args=where)).status_code == 404


def test_unlink_from_a_running_program_needs_a_reason(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    proposal = scenes.published(place)
    program = programs.published(place, proposal, by=by)
    url = reverse("desk_programs:unlink", args=[program.code, proposal.code])
    assert client.post(url, {"reason": "x"}).status_code == 422
    assert client.post(url, {"reason": programs.REASON}).status_code == 303
    assert programs.states([proposal]) == ["published"]


def test_update_keeps_a_good_picture_when_its_words_are_missing(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    url = reverse("desk_programs:update", args=[program.code])
    words = {"phase": "1", "title": "Survei selesai", "body": "Ruas diukur."}
    refused = client.post(url, {**words, "picture_1": jpeg("jalan.jpg")})
    assert refused.status_code == 422
    kept = re.search(r'name="kept_1" value="([^"]+)"', refused.content.decode())
    assert kept is not None
    saved = client.post(url, {**words, "kept_1": kept[1], "alternative_1": "Jalan berlubang"})
    assert saved.status_code == 303
    assert Update.objects.get().pictures.get().alternative == "Jalan berlubang"


def test_update_with_a_broken_picture_keeps_the_text(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    broken = SimpleUploadedFile("foto.jpg", b"bukan gambar", content_type="image/jpeg")
    data = {
        "phase": "1",
        "title": "Survei",
        "body": "Teks yang panjang.",
        "picture_1": broken,
        "alternative_1": "Foto",
    }
    answer = client.post(reverse("desk_programs:update", args=[program.code]), data)
    assert answer.status_code == 422
    assert "Teks yang panjang." in answer.content.decode()
    assert not Update.objects.exists()


def test_update_never_takes_the_upload_of_somebody_else(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    foreign = programs.stored()
    data = {
        "phase": "1",
        "title": "Survei",
        "body": "Isi.",
        "kept_1": str(foreign.public_id),
        "alternative_1": "Foto",
    }
    client.post(reverse("desk_programs:update", args=[program.code]), data)
    assert not Update.objects.get().pictures.exists()


def test_picture_of_an_update_is_served_to_everybody(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    data = {
        "phase": "1",
        "title": "Survei",
        "body": "Isi.",
        "picture_1": jpeg("a.jpg"),
        "alternative_1": "Foto",
    }
    client.post(reverse("desk_programs:update", args=[program.code]), data)
    client.logout()
    file = StoredFile.objects.get()
    answer = client.get(reverse("programs:picture", args=[program.code, file.public_id]), {"lebar": "480"})
    assert b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "public" in answer["Cache-Control"]


def test_document_is_added_with_its_class_and_removed_with_a_reason(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    data = {"title": "Gambar rencana", "file": jpeg("rencana.jpg"), "access_class": "excluded", "phase": "2"}
    assert client.post(reverse("desk_programs:document_new", args=[program.code]), data).status_code == 303
    document = Document.objects.get()
    where = [program.code, document.public_id]
    opened = client.get(reverse("desk_programs:document", args=where))
    assert b"".join(opened.streaming_content)  # type: ignore[arg-type]
    assert (opened.status_code, opened["Cache-Control"]) == (200, "private, no-store")
    assert client.get(reverse("programs:document", args=where)).status_code == 404
    remove = reverse("desk_programs:remove_document", args=where)
    assert client.post(remove, {"reason": "x"}).status_code == 422
    assert client.post(remove, {"reason": programs.REASON}).status_code == 303
    assert client.get(reverse("desk_programs:document", args=where)).status_code == 404


def test_document_of_a_wrong_kind_is_422(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    data = {"title": "Skrip", "file": SimpleUploadedFile("a.html", b"<script>"), "access_class": "open"}
    answer = client.post(reverse("desk_programs:document_new", args=[program.code]), data)
    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_denial_is_recorded_in_the_trail(client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place)
    client.force_login(people.staff("auditor", place.root))
    client.get(reverse("desk_programs:edit", args=[program.code]))
    assert AuditEntry.objects.filter(verb="access.denied").exists()


def test_steps_offered_are_those_of_table_and_rights(client: Client) -> None:
    place = scenes.regency()
    by = manager_of(client, place)
    program = programs.published(place, by=by)
    phases.start_phase(programs.phase(program, 1), by=by)
    shown = client.get(reverse("desk_programs:detail", args=[program.code]))
    assert [step["url"].rsplit("/", 2)[1] for step in shown.context["steps"]] == [
        "postpone",
        "cancel",
        "complete",
    ]
    client.force_login(people.staff("auditor", place.root))
    assert client.get(reverse("desk_programs:detail", args=[program.code])).context["steps"] == []
