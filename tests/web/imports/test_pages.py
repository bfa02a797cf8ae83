"""Importing a sheet in the browser: template, preview before writing, report, and who may."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rembuk.engagement.models import Case
from rembuk.proposals.models import Proposal
from rembuk.web.imports import rows
from tests import people, scenes

pytestmark = pytest.mark.django_db
START = "/kelola/usulan/impor/"


def sheet(*lines: str, name: str = "usulan.csv") -> SimpleUploadedFile:
    """A sheet with the usual head."""
    return SimpleUploadedFile(name, "\n".join(["nomor,judul,uraian,pengusul", *lines]).encode())


def officer(place: scenes.Regency) -> Client:
    """A village officer's browser."""
    client = Client()
    client.force_login(people.staff("unit-admin", place.village, "Operator Desa"))
    return client


def test_sheet_is_shown_before_anything_is_written() -> None:
    place = scenes.regency()
    client = officer(place)
    response = client.post(
        START, {"unit": place.village.pk, "sheet": sheet("1,Talud jalan dusun,Longsor,Ketua RT")}
    )
    assert (response.status_code, response["Location"]) == (303, f"{START}periksa/")
    page = client.get(f"{START}periksa/").content.decode()
    assert "Talud jalan dusun" in page
    assert not Proposal.objects.exists()


def test_confirmed_sheet_waits_for_an_approver_of_that_village() -> None:
    place = scenes.regency()
    client = officer(place)
    client.post(
        START, {"unit": place.village.pk, "sheet": sheet("1,Talud jalan dusun,Longsor,Ketua RT", "2,,x,y")}
    )
    response = client.post(f"{START}selesai/")
    assert response.context["outcome"].line == "created=1 updated=0 unchanged=0 rejected=1"
    proposal = Proposal.objects.get()
    assert (proposal.origin_unit, proposal.on_behalf_of, proposal.state) == (
        place.village,
        "Ketua RT",
        "submitted",
    )
    assert Case.objects.get().released_by_unit == place.village


def test_confirming_twice_enters_once() -> None:
    place = scenes.regency()
    client = officer(place)
    client.post(START, {"unit": place.village.pk, "sheet": sheet("1,Talud jalan dusun,Longsor,Ketua RT")})
    assert client.post(f"{START}selesai/").status_code == 200
    assert client.post(f"{START}selesai/").status_code == 409
    assert Proposal.objects.count() == 1


def test_rejected_rows_can_be_taken_home() -> None:
    place = scenes.regency()
    client = officer(place)
    client.post(START, {"unit": place.village.pk, "sheet": sheet("1,Talud,x,y", "2,,=HYPERLINK(1),y")})
    lines = list(csv.DictReader(io.StringIO(client.get(f"{START}ditolak.csv").content.decode("utf-8-sig"))))
    assert [(line["baris"], line["uraian"]) for line in lines] == [("3", "'=HYPERLINK(1)")]
    assert lines[0]["alasan"]


@pytest.mark.parametrize(
    "upload",
    [
        sheet(name="x.csv").__class__("x.csv", b"a,b\n1,2"),
        SimpleUploadedFile("x.xlsx", b"PK\x03\x04 rusak"),
        None,
    ],
)
def test_bad_file_is_refused_with_its_reason(upload: SimpleUploadedFile | None) -> None:
    place = scenes.regency()
    client = officer(place)
    data = {"unit": place.village.pk, **({"sheet": upload} if upload else {})}
    response = client.post(START, data)
    assert response.status_code == 422
    assert response.context["form"].errors["sheet"]


def test_other_units_can_not_be_chosen() -> None:
    place = scenes.regency()
    response = officer(place).post(START, {"unit": place.works.pk, "sheet": sheet("1,Talud jalan,x,y")})
    assert (response.status_code, Proposal.objects.count()) == (422, 0)


@pytest.mark.parametrize("role", ["assessor", "auditor", "program-manager"])
def test_other_roles_are_refused(role: str) -> None:
    place = scenes.regency()
    client = Client()
    client.force_login(people.staff(role, place.root))
    assert client.get(START).status_code == 403


def test_template_goes_in_as_it_comes_out() -> None:
    place = scenes.regency()
    client = officer(place)
    for kind in ("csv", "xlsx"):
        content = client.get(f"{START}templat.{kind}").content
        client.post(START, {"unit": place.village.pk, "sheet": SimpleUploadedFile(f"t.{kind}", content)})
        response = client.get(f"{START}periksa/")
        assert (response.context["count"], response.context["bad_count"]) == (1, 0)
    assert rows.columns()[1] == "judul"
