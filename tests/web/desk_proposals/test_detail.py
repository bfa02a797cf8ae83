"""One proposal for staff: the handling panel by rights and state, each act by its form, masked names."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.audit.models import AuditEntry
from rembuk.engagement.models import InternalNote
from rembuk.proposals.models import Proposal
from tests import handling_scenes as handling
from tests import people, scenes
from tests.handling_scenes import WHY
from tests.web.moderation.test_queue import signed_in

pytestmark = pytest.mark.django_db


def page(proposal: Proposal, act: str = "") -> str:
    """The address of the page, or of an act."""
    return f"/kelola/usulan/{proposal.code}/{f'{act}/' if act else ''}"


def offered(client: Client, proposal: Proposal) -> list[str]:
    """Names of the acts the panel offers."""
    return [panel.act.name for panel in client.get(page(proposal)).context["panels"]]


@pytest.mark.parametrize(
    ("role", "unit", "acts"),
    [
        ("moderator", "root", ["change", "duplicate", "hide"]),
        ("assessor", "works", ["assess"]),
        ("unit-admin", "works", ["assess", "answer", "change", "duplicate", "hide"]),
        ("auditor", "root", []),
        ("program-manager", "works", []),
    ],
)
def test_panel_of_a_proposal_under_review_by_role(role: str, unit: str, acts: list[str]) -> None:
    place = scenes.regency()
    assert offered(signed_in(role, place, unit), handling.referred(place)) == acts


def test_panel_of_a_published_proposal_begins_with_the_disposition() -> None:
    place = scenes.regency()
    assert offered(signed_in("moderator", place), scenes.published(place)) == ["refer", "duplicate", "hide"]


def test_panel_of_a_waiting_proposal_leads_to_its_case() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    context = signed_in("moderator", place).get(page(waiting)).context
    assert ([row["label"] for row in context["cases"]], context["panels"]) == (["Buka moderasi"], [])


def test_page_outside_the_own_units_does_not_exist() -> None:
    place = scenes.regency()
    client = signed_in("moderator", place, "health")
    found = handling.referred(place)
    assert client.get(page(found)).status_code == 404
    assert client.post(page(found, "sembunyikan"), {"reason": "iklan", "message": "x"}).status_code == 404


def test_disposition_by_name_and_by_code() -> None:
    place = scenes.regency()
    found = scenes.published(place)
    fields = {
        "responsible": place.works.name,
        "other_1": f"Dinas Kesehatan ({place.health.code})",
        "note": "Segera.",
    }
    answer = signed_in("moderator", place).post(page(found, "disposisi"), fields)
    rows = [(row.unit, row.is_responsible, row.note) for row in found.dispositions.all()]
    assert (answer.status_code, handling.state_of(found)) == (303, "reviewing")
    assert rows == [(place.works, True, "Segera."), (place.health, False, "Segera.")]


@pytest.mark.parametrize("typed", ["", "Dinas Antariksa"])
def test_disposition_to_no_unit_keeps_what_was_typed(typed: str) -> None:
    place = scenes.regency()
    found = scenes.published(place)
    fields = {"responsible": typed, "note": "Mohon segera ditinjau."}
    answer = signed_in("moderator", place).post(page(found, "disposisi"), fields)
    text = answer.content.decode()
    assert (answer.status_code, handling.state_of(found)) == (422, "published")
    assert "errors-top" in text
    assert "Mohon segera ditinjau." in text
    assert typed in text


def test_disposition_to_a_name_two_units_have_asks_which() -> None:
    place, _other = scenes.regency(), scenes.regency()
    found = scenes.published(place)
    answer = signed_in("moderator", place).post(page(found, "disposisi"), {"responsible": "Dinas Kesehatan"})
    assert (answer.status_code, place.health.code in answer.content.decode()) == (422, True)


def test_disposition_changed_by_its_form() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    fields = {"responsible": place.health.code, "reason": WHY}
    answer = signed_in("moderator", place).post(page(found, "ubah-disposisi"), fields)
    found.refresh_from_db()
    assert (answer.status_code, found.unit) == (303, place.health)


def test_assessment_by_its_form() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    fields = {"unit": place.works.code, "verdict": "conditional", "reason": WHY}
    answer = signed_in("assessor", place, "works").post(page(found, "telaah"), fields)
    assert (answer.status_code, [row.verdict for row in found.assessments.all()]) == (303, ["conditional"])


def test_assessment_with_a_short_reason_is_shown_again() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    fields = {"unit": place.works.code, "verdict": "feasible", "reason": "Setuju saja"}
    answer = signed_in("assessor", place, "works").post(page(found, "telaah"), fields)
    assert (answer.status_code, "Setuju saja" in answer.content.decode()) == (422, True)
    assert found.assessments.count() == 0


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"kind": "declined"}, "declined"),
        ({"kind": "forwarded", "to": "Balai Jalan"}, "forwarded"),
        ({"kind": "deferred", "year": "NEXT", "return_on": "NEXT-01-15"}, "deferred"),
    ],
)
def test_answer_by_its_form(fields: dict[str, str], state: str) -> None:
    place = scenes.regency()
    found = handling.referred(place)
    after = str(date.today().year + 1)
    sent = {name: value.replace("NEXT", after) for name, value in fields.items()}
    client = signed_in("unit-admin", place, "works")
    answer = client.post(page(found, "tanggapan"), {**sent, "reason": "anggaran", "message": WHY})
    assert (answer.status_code, handling.state_of(found)) == (303, state)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kind": "deferred"}, {"year", "return_on"}),
        ({"kind": "forwarded"}, {"to"}),
        ({"kind": "declined", "message": "x" * 19}, {"message"}),
        ({"kind": "adopted"}, {"kind"}),
        ({"kind": "declined", "reason": ""}, {"reason"}),
    ],
)
def test_answer_incomplete_is_shown_again(fields: dict[str, str], wrong: set[str]) -> None:
    place = scenes.regency()
    found = handling.referred(place)
    sent = {"reason": "anggaran", "message": WHY, **fields}
    answer = signed_in("unit-admin", place, "works").post(page(found, "tanggapan"), sent)
    assert (answer.status_code, set(answer.context["shown_form"].errors)) == (422, wrong)
    assert handling.state_of(found) == "reviewing"


def test_answer_by_an_assessor_is_refused_and_recorded() -> None:
    place = scenes.regency()
    found = handling.referred(place)
    fields = {"kind": "declined", "reason": "anggaran", "message": WHY}
    answer = signed_in("assessor", place, "works").post(page(found, "tanggapan"), fields)
    assert (answer.status_code, handling.state_of(found)) == (403, "reviewing")
    denial = AuditEntry.objects.get(verb="access.denied")
    assert str(found.code) in denial.target_key


def test_second_answer_is_told_that_there_is_one() -> None:
    place = scenes.regency()
    found = handling.declined(place)
    fields = {"kind": "declined", "reason": "anggaran", "message": WHY}
    answer = signed_in("unit-admin", place, "works").post(page(found, "tanggapan"), fields)
    assert (answer.status_code, "Dinas Pekerjaan Umum" in answer.content.decode()) == (409, True)


def test_hide_and_show_again_by_their_forms() -> None:
    place = scenes.regency()
    found = scenes.published(place)
    client = signed_in("moderator", place)
    client.post(page(found, "sembunyikan"), {"reason": "iklan", "message": "Iklan."})
    assert (handling.state_of(found), offered(client, found)) == ("hidden", ["unhide"])
    client.post(page(found, "tampilkan"), {"message": WHY})
    assert handling.state_of(found) == "published"


def test_duplicate_and_its_undoing_by_their_forms() -> None:
    place = scenes.regency()
    kept, twin = scenes.published(place), scenes.published(place)
    client = signed_in("moderator", place)
    client.post(page(twin, "duplikat"), {"of": str(kept.code)})
    assert (handling.state_of(twin), offered(client, twin)) == ("duplicate", ["undo-duplicate", "hide"])
    client.post(page(twin, "bukan-duplikat"), {"message": WHY})
    assert handling.state_of(twin) == "published"


def test_note_is_kept_and_shown_to_staff() -> None:
    place = scenes.regency()
    found = scenes.published(place)
    client = signed_in("moderator", place)
    answer = client.post(page(found, "catatan"), {"body": "Sudah ditelepon."})
    assert (answer.status_code, InternalNote.objects.get().body) == (303, "Sudah ditelepon.")
    assert "Sudah ditelepon." in client.get(page(found)).content.decode()


def test_empty_note_is_shown_again() -> None:
    place = scenes.regency()
    found = scenes.published(place)
    answer = signed_in("moderator", place).post(page(found, "catatan"), {"body": " "})
    assert (answer.status_code, InternalNote.objects.count()) == (422, 0)


def test_masked_name_is_shown_on_request_and_recorded() -> None:
    place = scenes.regency()
    found = scenes.published(place, people.citizen("Tuti Rahayu"), is_name_masked=True)
    client = signed_in("unit-admin", place)
    assert "Tuti Rahayu" not in client.get(page(found)).content.decode()
    assert "Tuti Rahayu" in client.post(page(found, "nama")).content.decode()
    assert AuditEntry.objects.filter(verb="proposal.masked_name_seen").count() == 1


def test_masked_name_is_refused_without_the_right() -> None:
    place = scenes.regency()
    found = scenes.published(place, people.citizen("Tuti Rahayu"), is_name_masked=True)
    assert signed_in("moderator", place).post(page(found, "nama")).status_code == 403


def test_form_opened_by_its_address_stands_unfolded() -> None:
    place = scenes.regency()
    context = signed_in("moderator", place).get(page(scenes.published(place), "sembunyikan")).context
    assert [panel.act.name for panel in context["panels"] if panel.is_unfolded] == ["hide"]


@pytest.mark.parametrize("units", [1, 3])
def test_page_asks_the_database_as_often_for_one_unit_as_for_three(
    units: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    others = [place.health, place.roads][: units - 1]
    found = handling.referred(place, None, *others)
    client = signed_in("assessor", place, "works")
    client.get(page(found))
    with django_assert_num_queries(17):
        client.get(page(found))
