"""Submissions on the desk: list with filters, one with its versions, its decisions, its hidden name and its scan."""

from typing import Any

import pytest
from django.test import Client

from rembuk.access.rights import actor_of
from rembuk.audit.models import AuditEntry
from rembuk.consultations import doors
from rembuk.consultations.models import Consultation, Submission, SubmissionVersion
from rembuk.engagement.actions.moderation import add_note
from rembuk.engagement.models import InternalNote
from rembuk.files.actions import store_upload
from tests import consultation_scenes as consultations
from tests import people, scenes
from tests.files.uploads import picture, upload
from tests.handling_scenes import WHY

pytestmark = pytest.mark.django_db


def client_of(role: str, place: scenes.Regency, unit: str = "works") -> Client:
    """Signed in as somebody of a role."""
    client = Client()
    client.force_login(people.staff(role, getattr(place, unit)))
    return client


def address(made: Consultation, rest: str = "") -> str:
    """An address below the consultation's submissions."""
    return f"/kelola/uji-publik/{made.code}/masukan/{rest}"


def codes(client: Client, made: Consultation, query: str = "") -> list[str]:
    """The last numbers of the receipts listed."""
    rows = client.get(f"{address(made)}?{query}").context["rows"]
    return [row["code"][-1] for row in rows]


def filled(place: scenes.Regency) -> Consultation:
    """Four submissions: shown, held, not shown and by letter."""
    made = consultations.opened(place)
    consultations.sent(made, content=consultations.content(stance="agree"))
    consultations.sent(made, state="held")
    consultations.sent(made, state="not_shown")
    consultations.sent(made, channel="letter", on_behalf_of="Karang Taruna", participant_kind="group")
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "4321"),
        ("keadaan=held", "2"),
        ("saluran=letter", "4"),
        ("sikap=agree", "1"),
        ("sebagai=group", "4"),
        ("q=karang", "4"),
        ("q=00003", "3"),
        ("q=pasar", "4321"),
        ("ulang=on", ""),
    ],
)
def test_list_shows_all_states_and_narrows(query: str, expected: str) -> None:
    place = scenes.regency()
    made = filled(place)
    assert "".join(codes(client_of("consultation-manager", place), made, query)) == expected


def test_list_counts_offline_apart_and_what_is_not_shown_too() -> None:
    place = scenes.regency()
    made = filled(place)
    stats = client_of("auditor", place).get(address(made)).context["stats"]
    assert [row["value"] for row in stats] == [4, 1, 1, 1]


def test_list_does_not_find_by_a_hidden_name() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    consultations.sent(made, channel="visit", on_behalf_of="Ratna Dewi", is_name_masked=True)
    client = client_of("consultation-manager", place)
    assert codes(client, made, "q=ratna") == []
    assert "Ratna" not in client.get(address(made)).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_queries(number: int, django_assert_num_queries: Any) -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    for _turn in range(number):
        consultations.sent(made, state="held")
    client = client_of("consultation-manager", place)
    client.get(address(made))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(address(made))


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_number_of_queries(number: int, django_assert_num_queries: Any) -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    version = consultations.with_text(made)
    consultations.with_questions(made)
    said = consultations.full_content(version)
    remark = said.remarks[4]
    found = consultations.sent(
        made, content=consultations.content(remarks=dict.fromkeys(range(1, number + 1), remark))
    )
    client = client_of("consultation-manager", place)
    client.get(address(made, f"{found.number}/"))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(address(made, f"{found.number}/"))


LIST_QUERIES = 6
PAGE_QUERIES = 18


def test_page_shows_the_words_the_clause_and_the_versions_with_their_differences() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    version = consultations.with_text(made)
    consultations.with_questions(made)
    found = consultations.sent(made, content=consultations.full_content(version))
    changed = consultations.full_content(version, reason="Jadwal sudah baik bagi pedagang.")
    SubmissionVersion.objects.create(
        submission=found, number=2, content=changed.to_json(), created_at=found.created_at
    )
    answer = client_of("consultation-manager", place).get(address(made, "1/"))
    text = answer.content.decode()
    assert all(
        word in text for word in ("Dua kali seminggu kurang untuk pasar.", "Pasal 2 ayat (1)", "Pagi hari")
    )
    assert [(row["number"], len(row["changes"])) for row in answer.context["versions"]] == [(2, 1), (1, 0)]


def test_page_hides_a_name_until_a_look_that_is_recorded() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    hidden = consultations.sent(made, people.citizen("Ratna Dewi"), is_name_masked=True)
    boss = client_of("unit-admin", place)
    page, look = address(made, "1/"), address(made, "1/nama/")
    assert "Ratna Dewi" not in boss.get(page).content.decode()
    assert "Ratna Dewi" in boss.post(look).content.decode()
    assert AuditEntry.objects.filter(verb="submission.masked_name_seen", target_key=hidden.code).count() == 1
    assert client_of("consultation-manager", place).post(look).status_code == 403
    assert boss.get(look).status_code == 405


def test_page_is_not_found_elsewhere_and_forbidden_to_members() -> None:
    place = scenes.regency()
    made = filled(place)
    member = Client()
    member.force_login(people.citizen())
    assert client_of("consultation-manager", place, "health").get(address(made, "1/")).status_code == 404
    assert member.get(address(made, "1/")).status_code == 403


def test_decisions_are_taken_from_the_page_with_everything_typed_kept() -> None:
    place = scenes.regency()
    made = filled(place)
    client = client_of("moderator", place, "root")
    act = address(made, "2/langkah/withhold/")
    short = client.post(act, {"reason": "iklan", "message": "Pendek."})
    assert (short.status_code, "Pendek." in short.content.decode()) == (422, True)
    assert client.post(act, {"reason": "iklan", "message": WHY}).status_code == 303
    assert Submission.objects.get(number=2).state == "not_shown"
    assert client.post(address(made, "2/langkah/show-again/"), {"message": WHY}).status_code == 303
    assert Submission.objects.get(number=2).state == "sent"
    assert client.post(address(made, "2/langkah/show/")).status_code == 409
    assert client.get(address(made, "2/langkah/tiada/")).status_code == 404


def test_scan_is_for_staff_of_the_unit() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    by = consultations.manager(place)
    stored = store_upload(upload("surat.jpg", picture()), by=actor_of(by), purpose="scan")
    consultations.sent(made, channel="letter", on_behalf_of="Warga", scan=stored)
    consultations.sent(made)
    mine, other = client_of("assessor", place), client_of("assessor", place, "health")
    answer = mine.get(address(made, "1/pindaian/"))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert b"".join(answer.streaming_content)
    assert other.get(address(made, "1/pindaian/")).status_code == 404
    assert mine.get(address(made, "2/pindaian/")).status_code == 404
    assert client_of("auditor", place).get(address(made, "1/pindaian/")).status_code == 403
    assert "pindaian" not in client_of("auditor", place).get(address(made, "1/")).content.decode()


def test_scan_behind_a_hidden_name_is_for_those_who_may_see_it_and_each_look_is_recorded() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    stored = store_upload(
        upload("surat.jpg", picture()), by=actor_of(consultations.manager(place)), purpose="scan"
    )
    hidden = consultations.sent(
        made, channel="letter", on_behalf_of="Ratna", scan=stored, is_name_masked=True
    )
    scan = address(made, "1/pindaian/")
    looks = AuditEntry.objects.filter(verb="submission.masked_name_seen", target_key=hidden.code)
    assert (client_of("consultation-manager", place).get(scan).status_code, looks.count()) == (403, 0)
    boss = client_of("unit-admin", place)
    assert all(b"".join(boss.get(scan).streaming_content) for _turn in range(2))
    assert looks.count() == 2


def test_unit_in_charge_of_a_row_reads_that_submission_alone_and_no_scan() -> None:
    place = scenes.regency()
    made = consultations.closed(place)
    stored = store_upload(
        upload("surat.jpg", picture()), by=actor_of(consultations.manager(place)), purpose="scan"
    )
    given = consultations.sent(made, channel="letter", on_behalf_of="Warga", scan=stored)
    other = consultations.sent(made, state="not_shown")
    consultations.rows_for(made)
    given.rows.update(unit=place.health)
    person = people.staff("assessor", place.health)
    client = Client()
    client.force_login(person)
    opened = [n for n in ("1", "2") if client.get(address(made, f"{n}/")).status_code == 200]
    assert (opened, codes(client, made)) == (["1"], ["1"])
    assert client.get(address(made)).context["stats"][0]["value"] == 1
    assert client.get(address(made, "1/pindaian/")).status_code == 403
    assert [doors.reads_whole(row, person) for row in (given, other)] == [False, False]


def test_what_may_lead_to_a_hidden_person_is_for_staff_of_the_consultation_alone() -> None:
    place = scenes.regency()
    made = consultations.closed(place)
    hidden = consultations.sent(made, is_affected=True, is_name_masked=True)
    consultations.sent(made, is_affected=True)
    consultations.rows_for(made)
    hidden.rows.update(unit=place.health)
    told = [
        client.get(page).context["facts"][2]["value"] != ""
        for client, page in (
            (Client(), f"/uji-publik/{made.code}/masukan/1/"),
            (Client(), f"/uji-publik/{made.code}/masukan/2/"),
            (client_of("assessor", place, "health"), address(made, "1/")),
            (client_of("assessor", place), address(made, "1/")),
        )
    ]
    assert told == [False, True, False, True]


def test_note_is_kept_and_read_on_the_submission_and_on_its_rows() -> None:
    place = scenes.regency()
    made = consultations.closed(place)
    found = consultations.sent(made)
    ((row,),) = consultations.rows_for(made)
    client = client_of("consultation-manager", place)
    answer = client.post(address(made, "1/langkah/note/"), {"body": "Hubungi bidang jalan."}, follow=True)
    assert (answer.status_code, "Hubungi bidang jalan." in answer.content.decode()) == (200, True)
    assert InternalNote.objects.get().subject == found.subject
    page = client.get(f"/kelola/uji-publik/{made.code}/matriks/{row.public_id}/").content.decode()
    assert "Hubungi bidang jalan." in page
    assert AuditEntry.objects.filter(verb="note.added", target_key=found.code).count() == 1


def test_empty_note_comes_back_unfolded_and_nothing_is_kept() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    consultations.sent(made)
    answer = client_of("moderator", place).post(address(made, "1/langkah/note/"), {"body": " "})
    assert (answer.status_code, answer.context["note"].is_unfolded) == (422, True)
    assert not InternalNote.objects.exists()


def test_auditor_reads_notes_and_writes_none_and_others_find_nothing() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    found = consultations.sent(made)
    assert found.subject is not None
    by = consultations.manager(place)
    add_note(found.subject, by=by, body="Untuk rapat Senin.")
    auditor, url = client_of("auditor", place), address(made, "1/langkah/note/")
    page = auditor.get(address(made, "1/")).content.decode()
    assert ("Untuk rapat Senin." in page, "langkah/note/" in page) == (True, False)
    assert auditor.post(url, {"body": "Catatan"}).status_code == 403
    other = Client()
    other.force_login(people.staff("consultation-manager", place.health))
    assert other.post(url, {"body": "Catatan"}).status_code == 404
    assert InternalNote.objects.count() == 1
