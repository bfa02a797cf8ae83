"""Inviting many on the pages: the template fits the reader, every fault stands at its row, confirmation once."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from rembuk.access.models import Role
from rembuk.accounts.models import Person
from tests import people, scenes
from tests.accounts import post
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
START = f"{K}pengguna/undang-banyak/"
CHECK, TEMPLATE = f"{START}periksa/", f"{START}templat/"
HEAD = "nama;email;peran;satuan_kerja;alasan"


def send(client: Client, *rows: str, head: str = HEAD) -> Any:
    """Upload a sheet of these rows."""
    text = "\n".join([head, *rows]).encode()
    return client.post(START, {"sheet": SimpleUploadedFile("undangan.csv", text, "text/csv")})


def dewi(place: scenes.Regency, email: str = "dewi@contoh.id", role: str = "moderator") -> str:
    """A row."""
    return f"Dewi Lestari;{email};{role};{place.works.code};SK 12/2026"


def test_sheet_is_shown_first_and_its_people_are_invited_when_confirmed() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    answer = send(client, dewi(place), dewi(place, "tono@contoh.id", "assessor"))
    assert (answer.status_code, answer["Location"]) == (303, CHECK)
    page = client.get(CHECK)
    assert (page.context["count"], page.context["bad"], page.context["there"]) == (2, None, None)
    assert "dewi@contoh.id" in page.content.decode()
    assert not Person.objects.filter(email="dewi@contoh.id").exists()
    answer = client.post(CHECK)
    assert (answer.status_code, answer["Location"]) == (303, f"{K}pengguna/?keadaan=diundang")
    assert sorted(address for _kind, address in post.waiting()) == ["dewi@contoh.id", "tono@contoh.id"]


def test_text_under_the_name_of_a_workbook_is_told_to_be_none() -> None:
    client = signed_in("administrator", scenes.regency())
    file = SimpleUploadedFile("undangan.xlsx", f"{HEAD}\n".encode(), "text/plain")
    answer = client.post(START, {"sheet": file})
    assert refused(answer)
    assert "bukan berkas XLSX" in answer.content.decode()


def test_second_click_and_second_upload_invite_nobody_twice() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    send(client, dewi(place))
    assert client.post(CHECK).status_code == 303
    assert client.post(CHECK).status_code == 409
    send(client, dewi(place))
    page = client.get(CHECK)
    assert page.context["count"] == 0
    assert page.context["there"]["rows"][0][1:] == ["Dewi Lestari", "dewi@contoh.id"]
    assert 'method="post" data-once' not in page.content.decode()
    assert client.post(CHECK).status_code == 303
    assert len(post.waiting()) == 1


def test_rows_with_faults_are_named_and_keep_everybody_out() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    send(client, dewi(place), dewi(place, "bukan alamat", "raja"), dewi(place))
    page = client.get(CHECK)
    rows = page.context["bad"]["rows"]
    assert [row[0].rpartition(" ")[2] for row in rows] == ["3", "4"]
    assert "raja" in rows[0][2]
    assert "bukan alamat" in rows[0][2]
    assert client.post(CHECK).status_code == 409
    assert not Person.objects.filter(email="dewi@contoh.id").exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"nama;email\nDewi;d@contoh.id\n", "kurang.csv"),
        (HEAD.encode(), "kosong.csv"),
        (b"\xff\xfe\x00\x01", "rusak.csv"),
        (b"PK\x03\x04rusak", "rusak.xlsx"),
        (b"x" * (2 * 1024 * 1024 + 1), "besar.csv"),
    ],
)
def test_files_that_cannot_be_read_are_refused_at_the_field(content: bytes, name: str) -> None:
    client = signed_in("administrator", scenes.regency())
    assert refused(client.post(START, {"sheet": SimpleUploadedFile(name, content)})) == (422, True)
    assert client.get(CHECK).status_code == 409


def test_no_file_at_all_is_refused_at_the_field() -> None:
    assert refused(signed_in("administrator", scenes.regency()).post(START)) == (422, True)


def test_template_holds_only_roles_one_may_give_and_units_in_reach_and_can_be_sent_back() -> None:
    place = scenes.regency()
    client = signed_in("unit-admin", place, "works")
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(TEMPLATE).content))
    assert book.sheet_names == ["Undangan", "Peran", "Satuan kerja", "Petunjuk"]
    roles = [row[0] for row in book.get_sheet_by_name("Peran").to_python()[1:]]
    units = [row[0] for row in book.get_sheet_by_name("Satuan kerja").to_python()[1:]]
    assert "moderator" in roles
    assert "administrator" not in roles
    assert units == [place.works.code, place.roads.code]
    head = [str(cell) for cell in book.get_sheet_by_name("Undangan").to_python()[0]]
    row = ["Dewi", "dewi@contoh.id", "moderator", place.roads.code, "SK", "", "", ""]
    assert send(client, ";".join(row), head=";".join(head)).status_code == 303
    assert client.get(CHECK).context["count"] == 1


def test_whoever_may_give_no_roles_may_not_invite() -> None:
    place = scenes.regency()
    Role.objects.create(
        slug="pengelola", name="Pengelola", name_en="Manager", permissions=["desk.enter", "person.manage"]
    )
    client = signed_in("pengelola", place)
    assert [client.get(path).status_code for path in (START, CHECK, TEMPLATE)] == [403, 403, 403]
    assert signed_in("moderator", place).get(START).status_code == 403


def test_another_person_does_not_see_the_sheet_that_waits() -> None:
    place = scenes.regency()
    send(signed_in("administrator", place), dewi(place))
    assert signed_in("administrator", place).get(CHECK).status_code == 409
    assert people.citizen().is_active
