"""Importing a sheet in the browser: template, preview before writing, report, and who may."""

import csv
import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rembuk.audit.models import AuditEntry
from rembuk.engagement.models import Case
from rembuk.proposals.imports.layouts import OFFICE
from rembuk.proposals.models import Proposal
from rembuk.web.imports import templates
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.files import workbooks

pytestmark = pytest.mark.django_db
START = "/kelola/usulan/impor/"
CHECK, FINISH, REJECTED = f"{START}periksa/", f"{START}selesai/", f"{START}ditolak.csv"
GOOD = "1,Talud jalan dusun,Longsor,Ketua RT"


def sheet(*lines: str, head: str = "nomor,judul,uraian,pengusul") -> SimpleUploadedFile:
    """A sheet with the usual head."""
    return SimpleUploadedFile("usulan.csv", "\n".join([head, *lines]).encode())


def officer(unit: WorkUnit) -> Client:
    """The browser of somebody who enters for a unit."""
    client = Client()
    client.force_login(people.staff("moderator", unit, "Operator Desa"))
    return client


def upload(client: Client, unit: WorkUnit, *lines: str, **head: str) -> Client:
    """A sheet that was accepted for its preview."""
    response = client.post(START, {"unit": unit.pk, "sheet": sheet(*lines, **head)})
    assert (response.status_code, response["Location"]) == (303, CHECK)
    return client


def kept_sheets() -> list[str]:
    return default_storage.listdir("sheets")[1] if default_storage.exists("sheets") else []


def test_preview_shows_the_sheet_and_writes_nothing() -> None:
    place = scenes.regency()
    client = upload(officer(place.village), place.village, GOOD, "2,,tanpa judul,x")
    response = client.get(CHECK)
    page = response.content.decode()
    assert response.context["outcome"].line == "created=1 updated=0 unchanged=0 rejected=1"
    assert "Talud jalan dusun" in page
    assert "judul" in page
    assert (Proposal.objects.count(), Case.objects.count()) == (0, 0)
    assert not AuditEntry.objects.filter(verb="proposal.imported").exists()


def test_preview_names_what_is_unknown() -> None:
    place = scenes.regency()
    lines = ("Talud jalan,Kategori aneh,Kecamatan Antah", "Pagar makam,,")
    client = upload(officer(place.village), place.village, *lines, head="judul,kategori,kecamatan")
    remarks = [words for _row, words in client.get(CHECK).context["outcome"].remarks]
    assert len(remarks) == 2
    assert "Kategori aneh" in remarks[0]
    assert "Kecamatan Antah" in remarks[1]


def test_confirmed_sheet_waits_for_the_approver_of_that_village() -> None:
    place = scenes.regency()
    client = upload(officer(place.village), place.village, GOOD, "2,,x,y")
    response = client.post(FINISH, follow=True)
    assert response.redirect_chain == [(FINISH, 303)]
    assert [stat["value"] for stat in response.context["stats"]] == [1, 0, 0, 1]
    proposal = Proposal.objects.get()
    assert (proposal.origin_unit, proposal.on_behalf_of, proposal.state, proposal.source) == (
        place.village,
        "Ketua RT",
        "submitted",
        "village_meeting",
    )
    assert Case.objects.get().released_by_unit == place.village


def test_entry_can_not_be_released_by_who_imported_it_nor_from_above() -> None:
    place = scenes.regency()
    upload(officer(place.village), place.village, GOOD).post(FINISH)
    case = Case.objects.get()
    assert [person.name for person in case.barred.all()] == ["Operator Desa"]
    above = Client()
    above.force_login(people.staff("unit-admin", place.root))
    assert above.get(f"/kelola/moderasi/{case.public_id}/").status_code == 404


def test_confirming_twice_enters_once() -> None:
    place = scenes.regency()
    client = upload(officer(place.village), place.village, GOOD)
    assert client.post(FINISH).status_code == 303
    assert client.post(FINISH).status_code == 303
    assert Proposal.objects.count() == 1


def test_sheet_again_is_recognised_also_without_numbers() -> None:
    place = scenes.regency()
    client = officer(place.village)
    for _turn in range(2):
        upload(client, place.village, ",Talud jalan dusun,Longsor,Ketua RT").post(FINISH)
    assert [stat["value"] for stat in client.get(FINISH).context["stats"]] == [0, 0, 1, 0]
    assert Proposal.objects.count() == 1


def test_same_number_of_another_office_is_another_proposal() -> None:
    place = scenes.regency()
    upload(officer(place.village), place.village, GOOD).post(FINISH)
    upload(officer(place.subdistrict), place.subdistrict, "1,Posko siaga,Banjir,Camat").post(FINISH)
    found = Proposal.objects.order_by("pk").values_list("title", "origin_unit", "source")
    assert list(found) == [
        ("Talud jalan dusun", place.village.pk, "village_meeting"),
        ("Posko siaga", place.subdistrict.pk, "subdistrict_meeting"),
    ]


def test_place_that_is_not_named_is_the_offices_own() -> None:
    place = scenes.regency()
    place.village.region = scenes.village_region()
    place.village.save()
    upload(officer(place.village), place.village, GOOD).post(FINISH)
    assert Proposal.objects.get().region_id == "32.01.01.2001"


def test_place_found_in_the_regions_is_not_written_twice() -> None:
    place = scenes.regency()
    place.village.region = scenes.village_region()
    place.village.save()
    lines = ("Talud jalan,RT 01,Ciawi,Sukamaju", "Pagar makam,RT 02,Ciawi,Antah")
    client = upload(
        officer(place.village), place.village, *lines, head="judul,lokasi,kecamatan,desa_kelurahan"
    )
    client.post(FINISH)
    found = Proposal.objects.order_by("pk").values_list("place", "region_id")
    assert list(found) == [("RT 01", "32.01.01.2001"), ("RT 02, Antah", "32.01.01")]


@pytest.mark.parametrize("is_finished", [False, True])
def test_rejected_rows_can_be_taken_home(is_finished: bool) -> None:
    place = scenes.regency()
    client = upload(officer(place.village), place.village, GOOD, "2,,=HYPERLINK(1),y")
    if is_finished:
        client.post(FINISH)
    lines = list(csv.DictReader(io.StringIO(client.get(REJECTED).content.decode("utf-8-sig"))))
    assert [(line["baris"], line["uraian"]) for line in lines] == [("3", "'=HYPERLINK(1)")]
    assert lines[0]["alasan"]


@pytest.mark.parametrize(
    "content",
    [b"a,b\n1,2", b"PK\x03\x04 rusak", b"judul\n", b"judul\n" + b"Usulan jalan\n" * 1001, None],
    ids=["no columns", "broken", "no rows", "too many rows", "none"],
)
def test_bad_file_is_refused_with_its_reason(content: bytes | None) -> None:
    place = scenes.regency()
    files = {"sheet": SimpleUploadedFile("usulan.csv", content)} if content is not None else {}
    response = officer(place.village).post(START, {"unit": place.village.pk, **files})
    assert response.status_code == 422
    assert response.context["form"].errors["sheet"]
    assert kept_sheets() == []


def test_another_sheet_takes_the_place_of_the_first() -> None:
    place = scenes.regency()
    client = upload(officer(place.village), place.village, GOOD)
    upload(client, place.village, "1,Pagar makam,x,y")
    assert len(kept_sheets()) == 1
    assert "Pagar makam" in client.get(CHECK).content.decode()


def test_preview_without_a_sheet_says_so() -> None:
    client = officer(scenes.regency().village)
    assert (client.get(CHECK).status_code, client.get(FINISH).status_code) == (409, 404)


def test_other_units_can_not_be_chosen() -> None:
    place = scenes.regency()
    response = officer(place.village).post(START, {"unit": place.works.pk, "sheet": sheet(GOOD)})
    assert (response.status_code, Proposal.objects.count()) == (422, 0)


def test_right_that_ended_meanwhile_refuses_the_import() -> None:
    place = scenes.regency()
    person = people.staff("moderator", place.village)
    people.grant(person, "moderator", place.works)
    client = Client()
    client.force_login(person)
    upload(client, place.village, GOOD)
    person.grants.filter(unit=place.village).delete()
    assert client.post(FINISH).status_code == 403
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("role", ["assessor", "auditor", "program-manager"])
def test_other_roles_are_refused(role: str) -> None:
    client = Client()
    client.force_login(people.staff(role, scenes.regency().root))
    assert client.get(START).status_code == 403


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_filled_template_goes_in(kind: str) -> None:
    place = scenes.regency()
    client = officer(place.village)
    head = client.get(f"{START}templat.{kind}").content
    assert set(templates.NAMES) == {*OFFICE.required, *OFFICE.optional}
    response = client.post(START, {"unit": place.village.pk, "sheet": SimpleUploadedFile(f"t.{kind}", head)})
    assert response.status_code == 422
    if kind == "csv":
        filled = SimpleUploadedFile("t.csv", head + b"7;Talud jalan dusun;Longsor;;;;;;Ketua RT;;\r\n")
        client.post(START, {"unit": place.village.pk, "sheet": filled})
        assert client.get(CHECK).context["outcome"].created == 1


@pytest.mark.parametrize("content", [workbooks.reaching(1_048_575, 16_383), workbooks.bomb()])
def test_a_workbook_that_would_cost_all_memory_is_refused_on_the_page(content: bytes) -> None:
    place = scenes.regency()
    file = SimpleUploadedFile("usulan.xlsx", content)
    answer = officer(place.village).post(START, {"unit": place.village.pk, "sheet": file})
    assert answer.status_code == 422
    assert "Buku kerja ini terlalu besar" in answer.content.decode()
    assert kept_sheets() == []
