"""Bringing a workbook in by the browser: template, preview before writing, confirmation once, who may."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from rembuk.accounts.models import Person
from rembuk.programs.models import Pagu, Program
from rembuk.programs.sheets.layout import LAYOUTS
from tests import people, scenes
from tests import program_scenes as programs
from tests.files import workbooks
from tests.program_scenes import REASON
from tests.scenes import Regency
from tests.sheet_scenes import upload

pytestmark = pytest.mark.django_db
GOOD = {"Pagu": [["apbd", "1,5 M"], ["grant", "250 juta"]]}
BAD = {"Pagu": [["apbd", "1,5 M"], ["undian", "250 juta"]]}


def world(client: Client, *, is_public: bool = False) -> tuple[Program, Person, Regency]:
    """A programme whose manager is signed in."""
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    return (programs.published(place, by=by) if is_public else programs.draft(place, by=by)), by, place


def url(name: str, program: Program) -> str:
    """An address of the desk."""
    return reverse(f"desk_programs:{name}", args=[program.code])


def kept_sheets() -> list[str]:
    """What waits on the shelf."""
    return default_storage.listdir("sheets")[1] if default_storage.exists("sheets") else []


def test_template_has_a_sheet_for_each_layer_and_its_explanation(client: Client) -> None:
    program, _by, _place = world(client)
    answer = client.get(url("import_template", program))
    assert answer["Content-Disposition"].startswith("attachment")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == [*(layout.name for layout in LAYOUTS), "Petunjuk"]
    for layout in LAYOUTS:
        assert book.get_sheet_by_name(layout.name).to_python() == [layout.names]
    told = book.get_sheet_by_name("Petunjuk").to_python()
    assert any("1: Perencanaan" in str(line[4]) for line in told)
    assert len(told) == 1 + sum(len(layout.columns) for layout in LAYOUTS) + 4


def test_preview_writes_nothing_and_confirmation_writes_once(client: Client) -> None:
    program, _by, _place = world(client)
    assert url("import_template", program) in client.get(url("import", program)).content.decode()
    sent = client.post(url("import", program), {"book": upload(GOOD)})
    assert (sent.status_code, sent["Location"]) == (303, url("import_check", program))
    shown = client.get(url("import_check", program))
    assert "Rp1.500.000.000,00" in shown.content.decode()
    assert shown.context["count"] == 2
    assert not Pagu.objects.exists()
    done = client.post(url("import_check", program))
    assert (done.status_code, done["Location"]) == (303, url("detail", program))
    assert Pagu.objects.count() == 2
    assert kept_sheets() == []
    assert client.post(url("import_check", program)).status_code == 409
    assert Pagu.objects.count() == 2


def test_faulty_book_is_shown_with_its_rows_and_never_written(client: Client) -> None:
    program, _by, _place = world(client)
    client.post(url("import", program), {"book": upload(BAD)})
    shown = client.get(url("import_check", program))
    assert shown.context["problems"]["rows"][0][:3] == ["Pagu", "3", "sumber_dana"]
    assert "<form" not in shown.content.decode().split("<main")[1].split("</main")[0]
    assert client.post(url("import_check", program)).status_code == 422
    assert not Pagu.objects.exists()


def test_public_plan_asks_for_the_reason_and_keeps_it(client: Client) -> None:
    program, _by, _place = world(client, is_public=True)
    client.post(url("import", program), {"book": upload(GOOD)})
    refused = client.post(url("import_check", program), {"reason": "pendek"})
    assert refused.status_code == 422
    assert "pendek</textarea>" in refused.content.decode()
    assert 'role="alert"' in refused.content.decode()
    assert not Pagu.objects.exists()
    assert client.post(url("import_check", program), {"reason": REASON}).status_code == 303
    assert program.revisions.get().reason == REASON


@pytest.mark.parametrize(
    "book", [None, SimpleUploadedFile("x.xlsx", b"bukan lembar kerja"), upload({"Lain": [["x"]]})]
)
def test_file_that_can_not_be_read_is_refused_and_not_kept(
    client: Client, book: SimpleUploadedFile | None
) -> None:
    program, _by, _place = world(client)
    if book is not None:
        book.seek(0)
    refused = client.post(url("import", program), {"book": book} if book else {})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["book"]
    assert kept_sheets() == []


def test_too_large_a_file_is_refused_unread(client: Client) -> None:
    program, _by, _place = world(client)
    large = SimpleUploadedFile("x.xlsx", b"x" * (5 * 1024 * 1024 + 1))
    assert client.post(url("import", program), {"book": large}).status_code == 422


def test_new_book_takes_the_place_of_the_old_and_another_program_has_none(client: Client) -> None:
    program, by, place = world(client)
    other = programs.draft(place, by=by)
    for _turn in range(2):
        client.post(url("import", program), {"book": upload(GOOD)})
    assert len(kept_sheets()) == 1
    assert client.get(url("import_check", other)).status_code == 409


def test_import_stays_shut_outside_of_the_units(client: Client) -> None:
    program, _by, place = world(client)
    client.force_login(people.staff("program-manager", place.health))
    for name in ("import", "import_template", "import_check"):
        assert client.get(url(name, program)).status_code == 404


@pytest.mark.parametrize("content", [workbooks.reaching(1_048_575, 16_383), workbooks.bomb()])
def test_a_workbook_that_would_cost_all_memory_is_refused_on_the_page(client: Client, content: bytes) -> None:
    program, _by, _place = world(client)
    answer = client.post(url("import", program), {"book": SimpleUploadedFile("lapisan.xlsx", content)})
    assert answer.status_code == 422
    assert "Buku kerja ini terlalu besar" in answer.content.decode()
    assert kept_sheets() == []
