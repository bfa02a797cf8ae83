"""Acts on a selection of the matrix: the question, the act, what was left out; progress, copied reasons, the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.accounts.models import Person
from rembuk.common.clock import now
from rembuk.consultations.actions.answering.assigning import Assignment, assign_rows
from rembuk.consultations.matrix import copied
from rembuk.consultations.models import MatrixRow
from rembuk.consultations.states import RowState
from tests import matrix_scenes as scenes
from tests import people

pytestmark = pytest.mark.django_db
ANSWER = {"verdict": "outside", "reason": scenes.REASON, "change": "", "confirm": "1", "step": "propose"}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def base(found: scenes.Matrix) -> str:
    return f"/kelola/uji-publik/{found.consultation.code}/matriks/"


def selected(*rows: MatrixRow) -> dict[str, object]:
    return {"selected": [str(row.public_id) for row in rows], "count": str(len(rows))}


def states(found: scenes.Matrix) -> list[str]:
    return [row.state for row in found.fresh()]


def test_question_names_the_count_and_changes_nothing() -> None:
    found = scenes.matrix(3, at=None)
    data = {**selected(*found.rows[:2]), "step": "propose"}
    answer = signed_in(found.manager).post(f"{base(found)}massal/", data)
    assert answer.status_code == 200
    assert "2 baris dipilih." in answer.content.decode()
    assert states(found) == [RowState.OPEN] * 3


def test_propose_the_selected_rows_and_report_what_was_left_out() -> None:
    found = scenes.matrix(3, at=None)
    scenes.proposed(found, found.rows[0], at=None)
    data = {**ANSWER, **selected(*found.rows[:2])}
    answer = signed_in(found.manager).post(f"{base(found)}massal/", data, follow=True)
    html = answer.content.decode()
    assert "1 baris selesai." in html
    assert "1 baris dilewati:" in html
    assert states(found) == [RowState.PROPOSED, RowState.PROPOSED, RowState.OPEN]


def test_all_that_was_found_goes_by_the_filters_of_the_address() -> None:
    found = scenes.matrix(3, at=None)
    data = {**ANSWER, "semua": "1", "count": "1"}
    signed_in(found.manager).post(f"{base(found)}massal/?q=ke-2", data)
    assert states(found) == [RowState.OPEN, RowState.OPEN, RowState.PROPOSED]


def test_another_number_than_was_asked_about_is_asked_again() -> None:
    found = scenes.matrix(3, at=None)
    data = {**ANSWER, "semua": "1", "count": "2"}
    answer = signed_in(found.manager).post(f"{base(found)}massal/", data)
    assert "3 baris dipilih: semua yang ditemukan saringan." in answer.content.decode()
    assert states(found) == [RowState.OPEN] * 3


def test_short_reason_is_refused_with_what_was_typed() -> None:
    found = scenes.matrix(2, at=None)
    data = {**ANSWER, **selected(*found.rows), "reason": "Tidak."}
    answer = signed_in(found.manager).post(f"{base(found)}massal/", data)
    assert answer.status_code == 422
    assert "Tidak.</textarea>" in answer.content.decode()
    assert states(found) == [RowState.OPEN] * 2


@pytest.mark.parametrize("step", ["assign", "approve", "return", "publish"])
def test_every_step_asks_and_acts(step: str) -> None:
    found = scenes.matrix(2, at=None, needs_second_person=step == "approve")
    second = people.staff("consultation-manager", found.place.works)
    if step != "assign":
        scenes.proposed(found, at=None)
    given = {"person": str(second.public_id), "unit": "", "note": "Sebutkan pasalnya."}
    data = {**given, **selected(*found.rows), "step": step, "confirm": "1"}
    assert signed_in(second).post(f"{base(found)}massal/", data).status_code == 303
    wanted: dict[str, dict[str, object]] = {
        "assign": {"assigned_to": second},
        "approve": {"state": RowState.APPROVED},
        "return": {"returned_by": second},
        "publish": {"state": RowState.PUBLISHED},
    }
    assert found.consultation.rows.filter(**wanted[step]).count() == 2


def test_auditor_and_others_do_not_act() -> None:
    found = scenes.matrix(1, at=None)
    data = {**ANSWER, **selected(*found.rows)}
    url = f"{base(found)}massal/"
    assert signed_in(people.staff("auditor", found.place.root)).post(url, data).status_code == 403
    other = people.staff("consultation-manager", found.place.health)
    assert signed_in(other).post(url, data).status_code == 404
    assert states(found) == [RowState.OPEN]


def test_progress_tells_how_far_each_clause_and_person_is() -> None:
    found = scenes.matrix(3, at=None)
    assign_rows(found.rows[:2], to=Assignment(person=found.manager), by=found.manager)
    scenes.published(found, found.rows[0], at=None)
    tables = signed_in(found.manager).get(f"{base(found)}kemajuan/").context["tables"]
    people_rows = [(row[0]["value"], *row[1:]) for row in tables[1]["rows"]]
    assert people_rows == [
        ("Tidak ada", "1", "1", "0", "0", "0", "0%"),
        ("Dewi Anggraini", "2", "1", "0", "0", "1", "50%"),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_progress_takes_the_same_number_of_queries(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = scenes.matrix(number, at=None)
    client = signed_in(found.manager)
    client.get(f"{base(found)}kemajuan/")
    with django_assert_num_queries(9):
        client.get(f"{base(found)}kemajuan/")


def test_copied_reason_stands_on_the_auditors_page_and_leads_to_its_rows() -> None:
    found = scenes.matrix(12, at=None)
    scenes.proposed(found, *found.rows[:11], at=None)
    auditor = signed_in(people.staff("auditor", found.place.root))
    answer = auditor.get("/kelola/jejak-audit/alasan-sama/")
    (flag,) = answer.context["flags"]
    assert (flag["number"], flag["people"], flag["reason"]) == (11, "Dewi Anggraini", scenes.REASON)
    assert len(auditor.get(flag["url"]).context["rows"]) == 11


def test_copied_reasons_come_twenty_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copied, "MOST", 1)
    found = scenes.matrix(22 * 2, at=None)
    for number in range(22):
        MatrixRow.objects.filter(pk__in=[row.pk for row in found.rows[number::22]]).update(
            state="proposed",
            verdict="partly",
            reason=f"Alasan {number}",
            reason_digest=f"{number:032}",
            proposed_by=found.manager,
            proposed_at=now() - timedelta(minutes=number),
        )
    auditor = signed_in(people.staff("auditor", found.place.root))
    first = auditor.get("/kelola/jejak-audit/alasan-sama/")
    second = auditor.get(first.context["next_url"])
    shown = [flag["reason"] for page in (first, second) for flag in page.context["flags"]]
    assert shown == [f"Alasan {number}" for number in range(22)]
    assert (len(first.context["flags"]), second.context["next_url"]) == (20, "")
    assert (
        auditor.get("/kelola/jejak-audit/alasan-sama/?after=zzz").context["flags"] == first.context["flags"]
    )


def test_desk_tells_what_waits_in_matrices() -> None:
    found = scenes.matrix(3, at=None, needs_second_person=True)
    assign_rows(found.rows[:2], to=Assignment(person=found.manager), by=found.manager)
    scenes.proposed(found, found.rows[2], at=None)
    second = people.staff("consultation-manager", found.place.works)
    mine = {pile.title: pile.count for pile in signed_in(found.manager).get("/kelola/").context["piles"]}
    theirs = {pile.title: pile.count for pile in signed_in(second).get("/kelola/").context["piles"]}
    assert mine == {"Masukan untuk ditanggapi": 2}
    assert theirs == {"Tanggapan untuk disetujui": 1}
