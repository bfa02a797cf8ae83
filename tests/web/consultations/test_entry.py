"""Entering a submission by the form: what is kept, what is refused, one after the other, and the receipt."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.common.clock import local_date
from rembuk.consultations.models import Consultation, Submission
from rembuk.files.models import StoredFile
from tests import consultation_scenes as consultations
from tests import people, scenes
from tests.files.uploads import picture, upload

pytestmark = pytest.mark.django_db


def officer(place: scenes.Regency) -> Client:
    """Signed in as somebody who may enter."""
    client = Client()
    client.force_login(consultations.manager(place))
    return client


def address(made: Consultation) -> str:
    """The form's address."""
    return f"/kelola/uji-publik/{made.code}/masukan/entri/"


def fields(**changes: Any) -> dict[str, Any]:
    """A filled form without remarks."""
    filled: dict[str, Any] = {
        "key": str(uuid.uuid4()),
        "channel": "meeting",
        "received_on": local_date().isoformat(),
        "on_behalf_of": "PKK Desa Mekarsari",
        "participant_kind": "group",
        "stance": "with_notes",
        "reason": "Jadwal angkut jangan bersamaan dengan pasar.",
        "butir-TOTAL_FORMS": "1",
        "butir-INITIAL_FORMS": "0",
    }
    return {**filled, **changes}


def test_entry_leads_to_a_receipt_to_hand_over() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    answer = officer(place).post(address(made), fields(), follow=True)
    found = Submission.objects.get(consultation=made)
    assert answer.redirect_chain[-1][0].endswith(f"/masukan/{found.number}/bukti/")
    text = answer.content.decode()
    assert all(word in text for word in (str(found.code), "PKK Desa Mekarsari", made.title))


def test_entry_and_next_takes_over_the_head_of_the_meeting_and_its_scan() -> None:
    place = scenes.regency()
    made, client = consultations.opened(place), officer(place)
    sent = fields(next="1", region="", scan=upload("berita-acara.jpg", picture()))
    answer = client.post(address(made), sent, follow=True)
    first = Submission.objects.get(consultation=made)
    form = answer.context["sheet"].form
    assert (form["channel"].value(), form["received_on"].value()) == ("meeting", first.received_on)
    assert not form["on_behalf_of"].value()
    kept = answer.context["sheet"].kept_scan
    client.post(address(made), fields(kept_scan=kept, on_behalf_of="Pak Lurah"))
    assert set(Submission.objects.values_list("scan__name", flat=True)) == {"berita-acara.jpg"}
    assert StoredFile.objects.filter(purpose="scan").count() == 1


def test_entry_with_a_fault_keeps_everything_typed_and_the_scan() -> None:
    place = scenes.regency()
    made, client = consultations.opened(place), officer(place)
    future = (local_date() + timedelta(days=2)).isoformat()
    answer = client.post(address(made), fields(received_on=future, scan=upload("surat.jpg", picture())))
    text = answer.content.decode()
    assert (answer.status_code, Submission.objects.count()) == (422, 0)
    assert all(word in text for word in ("PKK Desa Mekarsari", "jangan bersamaan", "surat.jpg", future))
    again = fields(kept_scan=answer.context["sheet"].kept_scan)
    client.post(address(made), again)
    assert Submission.objects.get().scan == StoredFile.objects.get(name="surat.jpg")


def test_entry_refuses_a_scan_that_is_none() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    fake = SimpleUploadedFile("surat.pdf", b"bukan berkas", "application/pdf")
    answer = officer(place).post(address(made), fields(scan=fake))
    assert (answer.status_code, list(answer.context["sheet"].form.errors)) == (422, ["scan"])


def test_entry_does_not_take_the_scan_that_somebody_else_kept() -> None:
    place = scenes.regency()
    made, client = consultations.opened(place), officer(place)
    wrong = client.post(address(made), fields(on_behalf_of="", scan=upload("surat.jpg", picture())))
    kept = wrong.context["sheet"].kept_scan
    officer(place).post(address(made), fields(kept_scan=kept))
    assert Submission.objects.get().scan is None


def test_entry_keeps_remarks_and_makes_room_for_more_without_complaint() -> None:
    place = scenes.regency()
    made, client = consultations.opened(place), officer(place)
    consultations.with_text(made)
    first = {"butir-0-clause": "4", "butir-0-stance": "disagree", "butir-0-comment": "Tiga kali saja."}
    answer = client.post(address(made), fields(more="1", **first))
    text = answer.content.decode()
    assert (answer.status_code, "butir-1-clause" in text, "Tiga kali saja." in text) == (200, True, True)
    assert "error-summary" not in text
    second = {"butir-TOTAL_FORMS": "2", "butir-1-clause": "5", "butir-1-suggestion": "Iuran Rp10.000,00."}
    client.post(address(made), fields(**{**first, **second}))
    remarks = Submission.objects.get().remarks.all()
    assert [(r.clause.number, r.comment, r.suggestion) for r in remarks] == [
        (4, "Tiga kali saja.", ""),
        (5, "", "Iuran Rp10.000,00."),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"butir-0-comment": "Tanpa butir."},
        {"butir-0-clause": "4"},
        {
            "butir-TOTAL_FORMS": "2",
            "butir-0-clause": "4",
            "butir-0-comment": "Satu.",
            "butir-1-clause": "4",
            "butir-1-comment": "Dua.",
        },
    ],
)
def test_entry_refuses_remarks_without_clause_without_words_and_twice(wrong: dict[str, str]) -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    consultations.with_text(made)
    answer = officer(place).post(address(made), fields(**wrong))
    assert (answer.status_code, Submission.objects.count()) == (422, 0)


def test_entry_keeps_answers_and_asks_for_none() -> None:
    place = scenes.regency()
    made, client = consultations.opened(place), officer(place)
    consultations.with_questions(made)
    client.post(address(made), fields(q3="4", q5="Tambah bak sampah."))
    answers = Submission.objects.get().answers.order_by("question__number")
    assert [(a.question.number, a.number, a.text) for a in answers] == [
        (3, 4, ""),
        (5, None, "Tambah bak sampah."),
    ]


def test_entry_is_for_those_who_may_enter_where_it_lies() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    moderator, elsewhere = Client(), Client()
    moderator.force_login(people.staff("moderator", place.root))
    elsewhere.force_login(people.staff("consultation-manager", place.health))
    statuses = [client.post(address(made), fields()).status_code for client in (moderator, elsewhere)]
    assert (statuses, Submission.objects.count()) == ([403, 404], 0)


def test_entry_after_the_conclusion_is_refused_with_a_page() -> None:
    place = scenes.regency()
    made = consultations.concluded(place)
    before = Submission.objects.count()
    yesterday = (local_date() - timedelta(days=5)).isoformat()
    answer = officer(place).post(address(made), fields(received_on=yesterday))
    assert (answer.status_code, Submission.objects.count()) == (409, before)


def test_receipt_of_a_submission_sent_by_its_author_is_not_on_the_desk() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    consultations.sent(made)
    assert officer(place).get(f"/kelola/uji-publik/{made.code}/masukan/1/bukti/").status_code == 404


def test_receipt_tells_a_hidden_name_to_the_officer_who_entered_it_alone() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    by, colleague = consultations.manager(place), consultations.manager(place, "Rahmat Hidayat")
    consultations.sent(made, channel="visit", on_behalf_of="Ratna Dewi", is_name_masked=True, entered_by=by)
    receipt = f"/kelola/uji-publik/{made.code}/masukan/1/bukti/"
    told = []
    for person in (by, colleague):
        client = Client()
        client.force_login(person)
        told.append("Ratna Dewi" in client.get(receipt).content.decode())
    assert told == [True, False]


def test_receipt_is_refused_to_who_may_enter_elsewhere_only() -> None:
    place = scenes.regency()
    made = consultations.closed(place)
    found = consultations.sent(made, channel="visit", on_behalf_of="Ratna Dewi")
    consultations.rows_for(made)
    found.rows.update(unit=place.health)
    client = Client()
    client.force_login(people.staff("consultation-manager", place.health))
    assert client.get(f"/kelola/uji-publik/{made.code}/masukan/1/bukti/").status_code == 403


def signed_in(*everybody: Person) -> list[Client]:
    clients = [Client() for _person in everybody]
    for client, person in zip(clients, everybody, strict=True):
        client.force_login(person)
    return clients


def test_next_entry_leaves_the_scan_behind_a_hidden_name_to_who_held_it_or_may_see_the_name() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    boss = people.staff("unit-admin", place.works)
    own, colleague, above = signed_in(consultations.manager(place), consultations.manager(place), boss)
    own.post(address(made), fields(is_name_masked="on", scan=upload("surat.jpg", picture())))
    first = Submission.objects.get()
    sheets = [
        client.get(f"{address(made)}?dari={first.number}").context["sheet"]
        for client in (own, colleague, above)
    ]
    assert [bool(sheet.scan) for sheet in sheets] == [True, False, True]
    assert sheets[1].form["channel"].value() == "meeting"


def test_scan_taken_over_from_a_hidden_name_stays_behind_it() -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    by, boss = consultations.manager(place), people.staff("unit-admin", place.works)
    own, above = signed_in(by, boss)
    sent = fields(next="1", is_name_masked="on", scan=upload("surat.jpg", picture()))
    kept = own.post(address(made), sent, follow=True).context["sheet"].kept_scan
    own.post(address(made), fields(kept_scan=kept, on_behalf_of="Pak Lurah"))
    second = Submission.objects.get(on_behalf_of="Pak Lurah")
    scan = f"/kelola/uji-publik/{made.code}/masukan/{second.number}/pindaian/"
    assert (second.scan is not None, second.is_name_masked) == (True, False)
    assert own.get(scan).status_code == 403
    assert b"".join(above.get(scan).streaming_content)  # type: ignore[arg-type]
