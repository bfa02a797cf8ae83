"""The staff list of the matrix and the page of a row: filters, keys of the list, acts, refusals, query counts."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.accounts.models import Person
from rembuk.consultations.actions.answering.assigning import Assignment, assign_rows
from rembuk.consultations.actions.answering.deciding import return_answer
from rembuk.consultations.actions.answering.publishing import publish_answers
from rembuk.consultations.actions.grouping.editing import create_group
from rembuk.consultations.actions.rows import make_rows
from rembuk.consultations.content import RemarkContent
from rembuk.consultations.matrix.marks import answer_mark
from rembuk.consultations.models import MatrixRow, RowChange
from rembuk.consultations.states import RowState
from rembuk.engagement.models import InternalNote
from rembuk.web.consultations.answering import filters
from tests import consultation_scenes as consultations
from tests import matrix_scenes as scenes
from tests import people
from tests.scenes import regency

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def base(found: scenes.Matrix) -> str:
    return f"/kelola/uji-publik/{found.consultation.code}/matriks/"


def page(found: scenes.Matrix, row: MatrixRow) -> str:
    return f"{base(found)}{row.public_id}/"


def codes(client: Client, url: str) -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200
    return [row["code"] for row in answer.context["rows"]]


ANSWER = {"verdict": "rejected", "reason": scenes.REASON, "change": ""}


def test_list_shows_rows_with_state_and_leads_to_each() -> None:
    found = scenes.matrix(2, at=None)
    html = signed_in(found.manager).get(base(found)).content.decode()
    for row in found.rows:
        assert f"{row.submission.code}#1" in html
        assert page(found, row) in html
    assert "Pendapat ke-0: jadwal pengangkutan belum cocok." in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?keadaan=proposed", [1]),
        ("?putusan=partly", [1]),
        ("?tugas=saya", [2]),
        ("?tugas=kosong", [0]),
        ("?tugas=terbitkan", [1]),
        ("?q=ke-2", [2]),
        ("?butir=0", [0, 1, 2]),
        ("?sebagai=group", []),
        ("?kembali=on", []),
    ],
)
def test_filters_narrow_the_list(query: str, expected: list[int]) -> None:
    found = scenes.matrix(3, at=None)
    scenes.proposed(found, found.rows[1], at=None)
    assign_rows([found.rows[2]], to=Assignment(person=found.manager), by=found.manager)
    wanted = [f"{found.rows[place].submission.code}#1" for place in expected]
    assert codes(signed_in(found.manager), base(found) + query) == wanted


def with_remarks() -> scenes.Matrix:
    """A text with a remark on its fourth and on its fifth clause, which are about two paragraphs of one article."""
    place = regency()
    made = consultations.closed(place)
    version = consultations.with_text(made)
    for number in (4, 5):
        said = consultations.content(
            reason="",
            remarks={number: RemarkContent(version=version.number, comment=f"Tentang butir {number}")},
        )
        consultations.sent(made, content=said)
    make_rows(made, at=made.created_at)
    manager = people.staff("consultation-manager", place.works)
    return scenes.Matrix(place, made, list(made.rows.exclude(clause=None).order_by("id")), manager)


@pytest.mark.parametrize(
    ("asked", "expected", "shown"),
    [
        ("4", [0], "Pasal 2 ayat (1)"),
        ("pasal 2  AYAT (1)", [0], "pasal 2  AYAT (1)"),
        ("Pasal 2 ayat", [0, 1], "Pasal 2 ayat"),
        ("Pasal 2", [], "Pasal 2"),
        ("Pasal 99", [], "Pasal 99"),
        ("99", [], "99"),
    ],
)
def test_clause_is_found_by_number_label_or_the_beginning_of_it(
    asked: str, expected: list[int], shown: str
) -> None:
    found = with_remarks()
    answer = signed_in(found.manager).get(base(found), {"butir": asked})
    wanted = [f"{found.rows[place].submission.code}#{found.rows[place].number}" for place in expected]
    assert [row["code"] for row in answer.context["rows"]] == wanted
    assert answer.context["filter_form"]["butir"].value() == shown
    assert [chip["label"] for chip in answer.context["active"]] == [f"Butir: {shown}"]


def test_whole_is_asked_for_by_its_words_too() -> None:
    found = scenes.matrix(2, at=None)
    client = signed_in(found.manager)
    words = "Keseluruhan dan pertanyaan"
    assert len(codes(client, f"{base(found)}?butir={words}")) == 2
    assert client.get(f"{base(found)}?butir=0").context["filter_form"]["butir"].value() == words


def test_filters_offer_a_bounded_number_of_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "MOST_SUGGESTED", 2)
    found = with_remarks()
    html = signed_in(found.manager).get(base(found)).content.decode()
    assert '<option value="Pasal 2 ayat (1)"></option></datalist>' in html
    assert 'value="Pasal 2 ayat (2)"' not in html


def test_group_is_found_by_link_and_by_words_of_its_title() -> None:
    found = scenes.matrix(3, at=None)
    group = create_group(found.rows[:2], by=found.manager, title="Jadwal angkut")
    client = signed_in(found.manager)
    wanted = [f"{row.submission.code}#1" for row in found.rows[:2]]
    assert codes(client, f"{base(found)}?kelompok={group.public_id}") == wanted
    assert codes(client, f"{base(found)}?judul=angkut+JADWAL") == wanted
    assert codes(client, f"{base(found)}?judul=iuran") == []
    chips = client.get(f"{base(found)}?kelompok={group.public_id}").context["active"]
    assert [chip["label"] for chip in chips] == ["Kelompok masukan serupa: Jadwal angkut"]
    assert len(codes(client, f"{base(found)}?kelompok=bukan-kelompok")) == 3


def test_person_in_charge_stands_in_the_address_by_public_id() -> None:
    found = scenes.matrix(2, at=None)
    assign_rows([found.rows[0]], to=Assignment(person=found.manager), by=found.manager)
    client = signed_in(found.manager)
    assert codes(client, f"{base(found)}?orang={found.manager.public_id}") == [
        f"{found.rows[0].submission.code}#1"
    ]
    assert codes(client, f"{base(found)}?orang=0") == [f"{found.rows[1].submission.code}#1"]
    table = client.get(f"{base(found)}kemajuan/").context["tables"][1]
    assert [row[0]["url"].partition("?")[2] for row in table["rows"]] == [
        "orang=0",
        f"orang={found.manager.public_id}",
    ]


def test_returned_answers_wait_for_their_proposer() -> None:
    found = scenes.matrix(2, at=None)
    scenes.proposed(found, found.rows[0], at=None)
    second = people.staff("consultation-manager", found.place.works)
    return_answer([found.rows[0]], note="Sebutkan pasalnya.", by=second)
    wanted = [f"{found.rows[0].submission.code}#1"]
    for query in ("?tugas=saya", "?kembali=on"):
        assert codes(signed_in(found.manager), base(found) + query) == wanted


def test_propose_leads_to_the_next_row_of_the_list() -> None:
    found = scenes.matrix(2, at=None)
    first, second = found.rows
    data = {**ANSWER, "seen": answer_mark(first)}
    answer = signed_in(found.manager).post(f"{page(found, first)}usulkan/?keadaan=open", data)
    assert (answer.status_code, answer["Location"]) == (303, f"{page(found, second)}?keadaan=open")
    first.refresh_from_db()
    assert (first.state, first.verdict) == (RowState.PROPOSED, "rejected")


def test_draft_is_kept_while_the_row_stays_open() -> None:
    found = scenes.matrix(1, at=None)
    data = {"verdict": "", "reason": "Masih ditulis", "change": "", "seen": answer_mark(found.rows[0])}
    answer = signed_in(found.manager).post(f"{page(found, found.rows[0])}simpan/", data)
    row = found.fresh()[0]
    assert answer.status_code == 303
    assert (row.state, row.reason, row.reason_digest) == (RowState.OPEN, "Masih ditulis", "")


def test_short_reason_is_refused_with_everything_typed_kept() -> None:
    found = scenes.matrix(1, at=None)
    data = {"verdict": "accepted", "reason": "Setuju.", "change": "Pasal 2 berubah", "seen": ""}
    answer = signed_in(found.manager).post(f"{page(found, found.rows[0])}usulkan/", data)
    html = answer.content.decode()
    assert answer.status_code == 422
    for typed in ("Setuju.", "Pasal 2 berubah"):
        assert typed in html
    assert found.fresh()[0].state == RowState.OPEN


def test_second_official_reads_who_was_faster_and_when() -> None:
    found = scenes.matrix(1, at=None)
    seen = answer_mark(found.rows[0])
    scenes.proposed(found, at=None)
    other = signed_in(people.staff("consultation-manager", found.place.works))
    answer = other.post(f"{page(found, found.rows[0])}usulkan/", {**ANSWER, "seen": seen})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Dewi Anggraini mengubah baris ini pada" in html
    assert ANSWER["reason"] in html
    assert found.fresh()[0].reason in html
    assert found.fresh()[0].verdict == "partly"
    again = {**ANSWER, "seen": answer.context["answer_form"]["seen"].value()}
    assert other.post(f"{page(found, found.rows[0])}usulkan/", again).status_code == 303
    assert found.fresh()[0].verdict == "rejected"


def test_words_that_came_after_the_publication_stand_there_to_be_copied() -> None:
    found = scenes.matrix(1, at=None)
    (row,) = found.rows
    seen = answer_mark(row)
    scenes.proposed(found, at=None)
    publish_answers([row], by=found.manager)
    other = signed_in(people.staff("consultation-manager", found.place.works))
    answer = other.post(f"{page(found, row)}simpan/", {**ANSWER, "seen": seen})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert ANSWER["reason"] in html
    assert "tidak dapat dikirim lagi" in html
    assert 'formaction="' not in html
    assert found.fresh()[0].verdict == "partly"


def test_note_of_a_return_that_came_too_late_is_not_lost() -> None:
    found = scenes.matrix(1, at=None)
    scenes.proposed(found, at=None)
    publish_answers(found.rows, by=found.manager)
    other = signed_in(people.staff("consultation-manager", found.place.works))
    answer = other.post(f"{page(found, found.rows[0])}kembalikan/", {"note": "Sebutkan pasal yang berubah."})
    assert answer.status_code == 409
    assert "Sebutkan pasal yang berubah." in answer.content.decode()


def test_answer_is_kept_on_the_device_for_this_row_as_it_stands() -> None:
    found = scenes.matrix(1, at=None)
    (row,) = found.rows
    html = signed_in(found.manager).get(page(found, row)).content.decode()
    assert f'data-draft="tanggapan-{row.public_id}-{answer_mark(row)}"' in html
    scenes.proposed(found, at=None)
    publish_answers([row], by=found.manager)
    html = signed_in(found.manager).get(page(found, row)).content.decode()
    assert f'data-draft-clear="tanggapan-{row.public_id}-*"' in html


def test_page_acts_assign_cut_join_return_and_publish() -> None:
    found = scenes.matrix(1, at=None)
    row, client = found.rows[0], signed_in(found.manager)
    client.post(f"{page(found, row)}tugaskan/", {"unit": "", "person": str(found.manager.public_id)})
    client.post(
        f"{page(found, row)}pecah/", {"points": "Pendapat ke-0: jadwal\r\n---\r\npengangkutan belum cocok."}
    )
    cut = MatrixRow.objects.get(number=2)
    assert (cut.text, cut.assigned_to) == ("pengangkutan belum cocok.", found.manager)
    client.post(f"{page(found, cut)}gabung/")
    scenes.proposed(found, at=None)
    client.post(f"{page(found, row)}terbitkan/")
    deeds = RowChange.objects.filter(row=row).order_by("id").values_list("deed", flat=True)
    assert list(deeds) == ["assigned", "cut", "joined", "propose", "publish"]


def test_internal_note_is_kept_and_shown_to_staff() -> None:
    found = scenes.matrix(1, at=None)
    client = signed_in(found.manager)
    client.post(f"{page(found, found.rows[0])}catat/", {"body": "Tanyakan ke bidang jalan."})
    assert InternalNote.objects.get().subject == found.rows[0].submission.subject
    assert "Tanyakan ke bidang jalan." in client.get(page(found, found.rows[0])).content.decode()


def test_auditor_reads_without_acting() -> None:
    found = scenes.matrix(1, at=None)
    client = signed_in(people.staff("auditor", found.place.root))
    html = client.get(page(found, found.rows[0])).content.decode()
    assert "usulkan/" not in html
    assert client.get(base(found)).status_code == 200
    assert client.post(f"{page(found, found.rows[0])}usulkan/", ANSWER).status_code == 403


def test_staff_of_another_unit_finds_nothing() -> None:
    found = scenes.matrix(1, at=None)
    client = signed_in(people.staff("consultation-manager", found.place.health))
    assert client.get(base(found)).status_code == 404
    assert client.post(f"{page(found, found.rows[0])}usulkan/", ANSWER).status_code == 404


def test_unit_in_charge_reads_and_answers_its_row() -> None:
    found = scenes.matrix(2, at=None)
    MatrixRow.objects.filter(pk=found.rows[0].pk).update(unit=found.place.health)
    client = signed_in(people.staff("assessor", found.place.health))
    answer = client.post(f"{page(found, found.rows[0])}usulkan/", ANSWER)
    assert answer.status_code == 303
    assert client.post(f"{page(found, found.rows[1])}usulkan/", ANSWER).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_number_of_queries(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = scenes.matrix(number, at=None)
    client = signed_in(found.manager)
    client.get(base(found))
    with django_assert_num_queries(13):
        client.get(base(found))


@pytest.mark.parametrize("number", [1, 3])
def test_row_takes_the_same_number_of_queries(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = scenes.matrix(number, at=None)
    scenes.proposed(found, at=None)
    client = signed_in(found.manager)
    client.get(page(found, found.rows[0]))
    with django_assert_num_queries(24):
        client.get(page(found, found.rows[0]))
