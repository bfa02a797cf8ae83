"""Correcting an entry by its form: filled with what stands, refused without a reason, shown as corrected, until when."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import local_date
from rembuk.consultations.actions.rows import make_rows
from rembuk.consultations.models import Consultation, Submission
from rembuk.files.models import StoredFile
from tests import consultation_scenes as consultations
from tests import people, scenes
from tests.files.uploads import picture, upload
from tests.web.consultations.test_entry import address as entry_address
from tests.web.consultations.test_entry import fields

pytestmark = pytest.mark.django_db
WHY = "Nama jalan keliru dibaca dari surat."


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(found: Submission, rest: str = "koreksi/") -> str:
    return f"/kelola/uji-publik/{found.consultation.code}/masukan/{found.number}/{rest}"


def entered(place: scenes.Regency, by: Person, made: Consultation | None = None, **more: Any) -> Submission:
    """An entry with a remark on the fourth clause, made by its form."""
    if made is None:
        made = consultations.opened(place)
        consultations.with_text(made)
    remark = {"butir-0-clause": "4", "butir-0-comment": "Tiga kali saja."}
    client_of(by).post(entry_address(made), fields(**{**remark, **more}))
    return Submission.objects.get(consultation=made)


def filled(client: Client, found: Submission, **changes: Any) -> dict[str, Any]:
    """What the browser sends of the form as it stands, with changes."""
    sheet = client.get(address(found)).context["sheet"]
    sent: dict[str, Any] = {}
    for field in [*sheet.form, *sheet.remarks.management_form, *sheet]:
        value = field.value()
        if value is not False and value not in (None, "", []):
            sent[field.html_name] = value
    return {**sent, "why": WHY, **changes}


def test_form_is_filled_with_what_stands_and_its_correction_is_shown_everywhere() -> None:
    place = scenes.regency()
    by = consultations.manager(place)
    found, client = entered(place, by), client_of(by)
    html = client.get(address(found)).content.decode()
    assert all(words in html for words in ("PKK Desa Mekarsari", "jangan bersamaan", "Tiga kali saja."))
    sent = filled(client, found, reason="Jadwal angkut jangan di hari pasar.")
    answer = client.post(address(found), sent, follow=True)
    desk = answer.content.decode()
    assert answer.redirect_chain == [(address(found, ""), 303)]
    assert all(words in desk for words in ("Versi 2", WHY, "Dewi Anggraini"))
    page = f"/uji-publik/{found.consultation.code}/masukan/{found.number}/"
    public = Client().get(page).content.decode()
    assert "Jadwal angkut jangan di hari pasar." in public
    assert f"versi 2. Alasan: {WHY}" in public
    found.refresh_from_db()
    assert (found.version, found.remarks.get().comment) == (2, "Tiga kali saja.")


def test_correction_without_a_reason_comes_back_with_everything_typed() -> None:
    place = scenes.regency()
    by = consultations.manager(place)
    found, client = entered(place, by), client_of(by)
    for why in ("", "Salah."):
        answer = client.post(address(found), filled(client, found, why=why, on_behalf_of="PKK Mekarsari"))
        assert (answer.status_code, list(answer.context["sheet"].form.errors)) == (422, ["why"])
        assert 'value="PKK Mekarsari"' in answer.content.decode()
    unchanged = client.post(address(found), filled(client, found))
    assert (unchanged.status_code, "Tidak ada yang berubah." in unchanged.content.decode()) == (422, True)
    found.refresh_from_db()
    assert found.version == 1


def test_one_more_clause_makes_room_without_complaint() -> None:
    place = scenes.regency()
    by = consultations.manager(place)
    found, client = entered(place, by), client_of(by)
    answer = client.post(address(found), filled(client, found, more="1", why=""))
    assert (answer.status_code, "butir-2-clause" in answer.content.decode()) == (200, True)


def test_scan_stays_unless_another_is_chosen() -> None:
    place = scenes.regency()
    by = consultations.manager(place)
    found, client = entered(place, by, scan=upload("surat.jpg", picture())), client_of(by)
    client.post(address(found), filled(client, found, on_behalf_of="PKK Mekarsari"))
    found.refresh_from_db()
    assert found.scan == StoredFile.objects.get(name="surat.jpg")
    client.post(address(found), filled(client, found, scan=upload("surat-2.jpg", picture())))
    found.refresh_from_db()
    assert (found.version, found.scan and found.scan.name) == (3, "surat-2.jpg")


def test_hidden_name_is_read_in_the_form_on_record_and_by_few() -> None:
    place = scenes.regency()
    by = consultations.manager(place)
    found = entered(place, by, is_name_masked="on", on_behalf_of="Ratna Dewi", participant_kind="person")
    colleague, above = (
        client_of(consultations.manager(place)),
        client_of(people.staff("unit-admin", place.works)),
    )
    looks = AuditEntry.objects.filter(verb="submission.masked_name_seen", target_key=found.code)
    assert "Ratna Dewi" in client_of(by).get(address(found)).content.decode()
    assert (colleague.get(address(found)).status_code, looks.count()) == (403, 0)
    assert ("Ratna Dewi" in above.get(address(found)).content.decode(), looks.count()) == (True, 1)
    client_of(by).post(address(found), filled(client_of(by), found, on_behalf_of="Ratna Sari"))
    for client in (colleague, Client()):
        page = f"/uji-publik/{found.consultation.code}/masukan/{found.number}/"
        assert "Ratna" not in client.get(page).content.decode()
    assert "Ratna" not in colleague.get(address(found, "")).content.decode()


def test_correction_is_refused_to_others_and_where_there_is_nothing_to_correct() -> None:
    place = scenes.regency()
    by = consultations.manager(place)
    found = entered(place, by)
    sent = consultations.sent(found.consultation)
    statuses = [
        client_of(people.staff("moderator", place.root)).get(address(found)).status_code,
        client_of(people.staff("consultation-manager", place.health)).get(address(found)).status_code,
        client_of(by).get(address(sent)).status_code,
    ]
    assert statuses == [403, 404, 404]


def test_way_to_the_correction_ends_with_the_first_published_answer() -> None:
    place = scenes.regency()
    by = consultations.manager(place)
    made = consultations.closed(place)
    found = consultations.sent(
        made,
        channel="letter",
        on_behalf_of="Slamet Riyadi",
        entered_by=by,
        received_on=local_date() - timedelta(days=5),
    )
    make_rows(made, at=made.created_at)
    client = client_of(by)
    sent = filled(client, found, on_behalf_of="Slamet Raharjo")
    assert address(found) in client.get(address(found, "")).content.decode()
    found.rows.update(state="published", verdict="partly", reason=WHY)
    assert address(found) not in client.get(address(found, "")).content.decode()
    assert client.post(address(found), sent).status_code == 409
