"""The list of people as a file: only whom the right reaches, whole addresses, no formulas, an entry in the trail."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from tests import people, scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
EXPORT = f"{K}pengguna/ekspor/"


def body(answer: Any) -> bytes:
    """The whole file."""
    return b"".join(answer.streaming_content)


def rows(client: Client, query: str = "") -> list[list[str]]:
    """The rows of the CSV file, with its head."""
    answer = client.post(f"{EXPORT}{query}", {"bentuk": "csv"})
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))


def test_csv_holds_whom_the_filters_found_with_whole_addresses() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works, "Tono")
    people.citizen("Sari", email="sari.wulandari@contoh.id")
    client = signed_in("administrator", place)
    assert sorted(row[0] for row in rows(client)[1:]) == ["Ratna Dewi", "Tono"]
    (found,) = rows(client, "?q=sari")[1:]
    assert found[:2] == ["Sari", "sari.wulandari@contoh.id"]
    (found,) = rows(client, f"?satuan={place.works.code}")[1:]
    assert found[4] == f"Moderator ({place.works.label})"


def test_workbook_holds_the_same_people() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works, "Tono")
    client = signed_in("administrator", place)
    answer = client.post(EXPORT, {"bentuk": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body(answer))).get_sheet_by_index(0)
    assert sorted(str(row[0]) for row in sheet.to_python()[1:]) == ["Ratna Dewi", "Tono"]
    assert answer["Content-Disposition"].endswith('.xlsx"')


def test_no_cell_is_a_formula() -> None:
    place = scenes.regency()
    people.citizen('=HYPERLINK("http://jahat.example")')
    client = signed_in("administrator", place)
    (found,) = rows(client, "?q=HYPERLINK")[1:]
    assert found[0].startswith("'=")
    book = body(client.post(f"{EXPORT}?q=HYPERLINK", {"bentuk": "xlsx"}))
    assert b"<f>" not in book


def test_file_holds_only_people_in_reach_of_the_right_to_export() -> None:
    place = scenes.regency()
    mine, _other = (
        people.staff("moderator", place.roads, "Tono"),
        people.staff("moderator", place.health, "Dina"),
    )
    people.citizen("Sari")
    client = signed_in("unit-admin", place, "works")
    assert sorted(row[0] for row in rows(client, "?siapa=semua")[1:]) == ["Ratna Dewi", "Tono"]
    assert rows(client, f"?satuan={place.health.code}")[1:] == []
    assert mine.is_active


def test_right_to_manage_people_is_not_the_right_to_export() -> None:
    place = scenes.regency()
    Role.objects.create(
        slug="pengelola", name="Pengelola", name_en="Manager", permissions=["desk.enter", "person.manage"]
    )
    client = signed_in("pengelola", place)
    assert client.get(EXPORT).status_code == 403
    assert client.post(EXPORT, {"bentuk": "csv"}).status_code == 403
    assert client.get(f"{K}pengguna/").context["export_url"] == ""
    assert not AuditEntry.objects.filter(verb="person.list_exported").exists()


def test_each_file_stands_in_the_trail_with_filters_and_count() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works, "Tono")
    rows(signed_in("administrator", place), "?peran=moderator&q=Tono&tak-dikenal=1")
    entry = AuditEntry.objects.get(verb="person.list_exported")
    assert (entry.target_kind, entry.target_key) == ("export", "people")
    assert entry.after["count"] == 1
    assert entry.after["filters"] == {"q": True, "peran": "moderator", "siapa": "semua"}


def test_page_names_the_count_and_a_file_of_no_kind_is_refused() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    assert "1 " in client.get(EXPORT).context["lede"]
    assert refused(client.post(EXPORT, {"bentuk": "pdf"})) == (422, True)
    answer = client.post(f"{EXPORT}?satuan=tidak-ada", {"bentuk": "csv"})
    assert (answer.status_code, answer["Location"]) == (303, f"{K}pengguna/?satuan=tidak-ada")
    assert not AuditEntry.objects.filter(verb="person.list_exported").exists()


def test_thousands_are_read_in_pieces_with_as_many_queries_for_one_piece() -> None:
    place = scenes.regency()
    Person.objects.bulk_create(
        Person(name=f"Warga {number}", email=f"w{number}@contoh.id") for number in range(2100)
    )
    assert len(rows(signed_in("administrator", place), "?siapa=semua")) == 2102
