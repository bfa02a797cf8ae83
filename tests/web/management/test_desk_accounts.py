"""The pages of a desk: list, opening, the slip that is shown once, a new code; and who is turned away."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from rembuk.accounts import slips
from rembuk.accounts.models import OneTimeCode, Person
from rembuk.accounts.quotas import DESK_CODES
from rembuk.audit.models import AuditEntry
from rembuk.common import clock
from rembuk.management.actions.desk_accounts import Visitor, make_new_code, open_account
from rembuk.management.models import DeskAccount
from rembuk.notifications.models import Event
from rembuk.siteconfig.selectors import privacy_version
from rembuk.web.desk.unit_field import written
from tests import people, scenes
from tests.web.management.pages import name_in

pytestmark = pytest.mark.django_db
URL = "/kelola/pengguna/loket/"


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def officer_in(unit: Any, role: str = "moderator") -> tuple[Client, Person]:
    """A browser of an officer."""
    client, person = Client(), people.staff(role, unit, "Wulan Septiani")
    client.force_login(person)
    return client, person


def form(where: Any, **changes: Any) -> dict[str, Any]:
    """A complete form as a browser sends it; ``None`` leaves a field out."""
    values = {
        "name": "Mbah Sarinah",
        "language": "id",
        "unit": written(where),
        "identity": "on",
        "adult": "on",
        "privacy": "on",
        "privacy_version": privacy_version(),
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def made(unit: Any, by: Person, name: str = "Mbah Sarinah") -> DeskAccount:
    """An account opened before."""
    return open_account(Visitor(name=name, unit=unit, privacy_version=1), by=by)[0]


def test_opening_leads_to_a_slip_that_is_shown_once(place: scenes.Regency) -> None:
    client, _officer = officer_in(place.village)
    with capture_logs() as logs:
        answer = client.post(f"{URL}baru/", form(place.village))
        slip = client.get(answer["Location"])
    person = Person.objects.get(name="Mbah Sarinah")
    code = slip.context["slip"]["code"]
    page = slip.content.decode()
    again = client.get(answer["Location"])
    row = OneTimeCode.objects.get(person=person)
    assert (answer.status_code, answer["Location"]) == (303, f"{URL}{person.public_id}/cetak/")
    assert slip["Cache-Control"] == "private, no-store"
    assert all(text in page for text in (code, person.sign_in_name or "", "Mbah Sarinah", "/akun/masuk/"))
    assert again.status_code == 410
    assert code not in again.content.decode()
    for kept in (code, slips.read_code(code)):
        assert kept not in f"{logs} {answer['Location']} {row.code_hash}"
        assert not AuditEntry.objects.filter(after__icontains=kept).exists()
        assert not Event.objects.filter(params__icontains=kept).exists()
        assert all(kept not in str(session.get_decoded()) for session in Session.objects.all())


def test_slip_opens_in_no_other_session_and_not_by_asking_for_its_head(place: scenes.Regency) -> None:
    client, officer = officer_in(place.village)
    path = client.post(f"{URL}baru/", form(place.village))["Location"]
    colleague, _person = officer_in(place.village)
    elsewhere = Client()
    elsewhere.force_login(officer)
    assert client.head(path).status_code == 405
    assert (colleague.get(path).status_code, elsewhere.get(path).status_code) == (410, 410)
    assert client.get(path).status_code == 200


def test_slip_is_forgotten_after_ten_minutes(place: scenes.Regency) -> None:
    client, _officer = officer_in(place.village)
    path = client.post(f"{URL}baru/", form(place.village))["Location"]
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert client.get(path).status_code == 410


def test_slip_is_in_the_language_of_the_person(place: scenes.Regency) -> None:
    client, _officer = officer_in(place.village)
    path = client.post(f"{URL}baru/", form(place.village, language="en"))["Location"]
    page = client.get(path).content.decode()
    assert "Code for the first time" in page
    assert "/en/akun/masuk/" in page


def test_printed_code_lets_the_person_in(place: scenes.Regency) -> None:
    client, _officer = officer_in(place.village)
    slip = client.get(client.post(f"{URL}baru/", form(place.village))["Location"]).context["slip"]
    phone = Client()
    answer = phone.post("/akun/masuk/", {"email": slip["person"].sign_in_name, "password": slip["code"]})
    assert answer["Location"] == "/akun/masuk/kata-sandi/"


@pytest.mark.parametrize("missing", ["name", "identity", "adult", "privacy", "unit"])
def test_opening_without_what_is_needed_says_so_and_loses_nothing(
    place: scenes.Regency, missing: str
) -> None:
    client, _officer = officer_in(place.village)
    answer = client.post(f"{URL}baru/", form(place.village, **{missing: None}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [missing]
    assert 'class="errors-top"' in page
    assert missing == "name" or 'value="Mbah Sarinah"' in page
    assert not DeskAccount.objects.exists()


def test_opening_with_an_older_privacy_notice_is_refused(place: scenes.Regency) -> None:
    client, _officer = officer_in(place.village)
    answer = client.post(f"{URL}baru/", form(place.village, privacy_version=0))
    assert list(answer.context["form"].errors) == ["privacy"]


def test_opening_for_another_village_is_refused_at_its_field(place: scenes.Regency) -> None:
    client, _officer = officer_in(place.village)
    answer = client.post(f"{URL}baru/", form(place.works))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])
    assert not DeskAccount.objects.exists()


def test_form_begins_with_the_own_unit_and_no_box_for_namesakes(place: scenes.Regency) -> None:
    client, officer = officer_in(place.village)
    page = client.get(f"{URL}baru/").content.decode()
    assert f'value="{written(place.village)}"' in page
    assert "is_namesake" not in page
    made(place.village, officer)
    asked = client.post(f"{URL}baru/", form(place.village))
    assert asked.status_code == 422
    assert "is_namesake" in asked.content.decode()
    assert client.post(f"{URL}baru/", form(place.village, is_namesake="on")).status_code == 303
    assert DeskAccount.objects.count() == 2


def test_opening_takes_no_field_of_the_person_that_is_not_asked(place: scenes.Regency) -> None:
    client, _officer = officer_in(place.village)
    more = {"email": "x@contoh.id", "sign_in_name": "lurah-1", "is_active": "", "password": "rahasia-rahasia"}
    client.post(f"{URL}baru/", form(place.village, **more))
    person = Person.objects.get(name="Mbah Sarinah")
    assert (person.email, person.is_active, person.has_usable_password()) == (None, True, False)
    assert person.sign_in_name != "lurah-1"


def test_opening_is_limited_for_each_officer(place: scenes.Regency) -> None:
    client, officer = officer_in(place.village)
    for _turn in range(DESK_CODES.allowed):
        DESK_CODES.spend(str(officer.pk))
    assert client.post(f"{URL}baru/", form(place.village)).status_code == 429
    assert not DeskAccount.objects.exists()


def test_list_shows_own_units_only_and_is_searched_and_narrowed(place: scenes.Regency) -> None:
    client, officer = officer_in(place.village)
    made(place.village, officer)
    made(place.works, people.staff("unit-admin", place.works), "Bu Kartini")
    page = client.get(URL).content.decode()
    assert "Mbah Sarinah" in page
    assert "Bu Kartini" not in page
    assert "Mbah Sarinah" in client.get(URL, {"q": "sarin", "keadaan": "menunggu"}).content.decode()
    nobody = client.get(URL, {"keadaan": "dipakai"}).content.decode()
    assert "Mbah Sarinah" not in nobody
    assert 'class="empty"' in nobody


def test_list_without_rows_offers_to_open_an_account(place: scenes.Regency) -> None:
    client, _officer = officer_in(place.village)
    assert f'href="{URL}baru/"' in client.get(URL).content.decode()
    assert 'class="empty"' in client.get(URL).content.decode()


def test_list_goes_on_by_pages_and_asks_the_same_for_one_and_three(place: scenes.Regency) -> None:
    client, officer = officer_in(place.village)
    client.get(URL)
    made(place.village, officer, "Warga 0")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(URL)
    for number in range(1, 3):
        made(place.village, officer, f"Warga {number}")
    with CaptureQueriesContext(connection) as three:
        client.get(URL)
    assert len(one) == len(three)
    for number in range(3, 51):
        made(place.village, officer, f"Warga {number}")
    first = client.get(URL)
    second = client.get(first.context["next_url"])
    rows = [name_in(row) for answer in (first, second) for row in answer.context["table"]["rows"]]
    assert rows == [f"Warga {number}" for number in reversed(range(51))]


def test_page_of_an_account_tells_what_was_done_and_offers_a_code(place: scenes.Regency) -> None:
    client, officer = officer_in(place.village)
    account = made(place.village, officer)
    page = client.get(f"{URL}{account.person.public_id}/").content.decode()
    assert account.person.sign_in_name in page
    assert "Wulan Septiani" in page
    assert f"{URL}{account.person.public_id}/kode/" in page


def test_page_of_an_account_with_email_says_why_there_is_no_code(place: scenes.Regency) -> None:
    client, officer = officer_in(place.village)
    account = made(place.village, officer)
    Person.objects.filter(pk=account.person_id).update(email="sarinah@contoh.id")
    page = client.get(f"{URL}{account.person.public_id}/").content.decode()
    assert f"{URL}{account.person.public_id}/kode/" not in page
    assert client.get(f"{URL}{account.person.public_id}/kode/").status_code == 403


def test_new_code_leads_to_its_own_slip(place: scenes.Regency) -> None:
    client, officer = officer_in(place.village)
    account = made(place.village, officer)
    path = f"{URL}{account.person.public_id}/kode/"
    bare = client.post(path, {"reason": "Lupa kata sandi"})
    answer = client.post(path, {"identity": "on", "reason": "Lupa kata sandi"})
    assert (bare.status_code, list(bare.context["form"].errors)) == (422, ["identity"])
    assert answer.status_code == 303
    code = client.get(answer["Location"]).context["slip"]["code"]
    assert slips.read_code(code) != code
    assert AuditEntry.objects.get(verb="person.desk_code_made").reason == "Lupa kata sandi"


@pytest.mark.parametrize("rest", ["", "kode/", "cetak/"])
@pytest.mark.parametrize(("role", "unit"), [("moderator", "works"), ("unit-admin", "health")])
def test_account_of_another_unit_looks_absent(place: scenes.Regency, role: str, unit: str, rest: str) -> None:
    account = made(place.village, people.staff("moderator", place.village))
    client, _stranger = officer_in(getattr(place, unit), role)
    path = f"{URL}{account.person.public_id}/{rest}"
    assert client.get(path).status_code == 404
    if rest == "kode/":
        assert client.post(path, {"identity": "on", "reason": "Lupa"}).status_code == 404
        assert not AuditEntry.objects.filter(verb="person.desk_code_made").exists()


@pytest.mark.parametrize("role", ["assessor", "auditor", "program-manager", "consultation-manager"])
def test_pages_need_the_permission(place: scenes.Regency, role: str) -> None:
    account = made(place.village, people.staff("moderator", place.village))
    client, _person = officer_in(place.root, role)
    paths = (URL, f"{URL}baru/", f"{URL}{account.person.public_id}/")
    assert [client.get(path).status_code for path in paths] == [403, 403, 403]
    assert URL not in client.get("/kelola/").content.decode()


def test_person_reads_on_her_own_pages_that_a_new_code_was_made(place: scenes.Regency) -> None:
    _client, officer = officer_in(place.village)
    account = made(place.village, officer)
    make_new_code(account, by=officer, reason="Lupa")
    phone = Client()
    phone.force_login(Person.objects.get(pk=account.person_id))
    inbox = phone.get("/akun/pemberitahuan/").content.decode()
    assert inbox.count(place.village.name) >= 2
    assert "Wulan Septiani" in inbox
    assert place.village.name in phone.get("/akun/pengaturan/").content.decode()
