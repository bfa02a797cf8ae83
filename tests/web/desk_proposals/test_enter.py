"""Entering for somebody by the form: what it makes, what is kept of bad input, the scan, the units offered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rembuk.proposals.models import Proposal
from tests import handling_scenes as handling
from tests import people, scenes
from tests.files.uploads import pdf
from tests.web.moderation.test_queue import signed_in

pytestmark = pytest.mark.django_db
ENTER = "/kelola/usulan/masukkan/"


def fields(place: scenes.Regency, **changes: str) -> dict[str, str]:
    """A complete form."""
    return {
        "unit": place.village.code,
        "on_behalf_of": "Ibu Wati",
        "source": "village_meeting",
        "channel": "meeting",
        "received_on": "2026-01-15",
        "title": "Perbaikan jalan menuju balai desa",
        "body": scenes.BODY,
        "category": place.category.slug,
        "place": "Dusun Krajan",
        **changes,
    }


def test_entry_waits_for_the_village_approver() -> None:
    place = scenes.regency()
    answer = signed_in("unit-admin", place, "village").post(ENTER, fields(place))
    made = Proposal.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/kelola/usulan/{made.code}/")
    assert (made.origin_unit, made.on_behalf_of, made.state) == (place.village, "Ibu Wati", "submitted")
    assert handling.open_kinds(made) == ["proposal"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Pendek"),
        ("body", "Pendek"),
        ("on_behalf_of", ""),
        ("channel", ""),
        ("received_on", "2999-01-01"),
    ],
)
def test_entry_incomplete_is_shown_again_with_what_was_typed(name: str, value: str) -> None:
    place = scenes.regency()
    client = signed_in("unit-admin", place, "village")
    answer = client.post(ENTER, fields(place, **{name: value}))
    assert (answer.status_code, name in answer.context["form"].errors) == (422, True)
    assert "Dusun Krajan" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_entry_keeps_the_scan_for_staff() -> None:
    place = scenes.regency()
    scan = SimpleUploadedFile("usulan.pdf", pdf(), "application/pdf")
    client = signed_in("unit-admin", place, "village")
    client.post(ENTER, {**fields(place), "scan": scan})
    made = Proposal.objects.get()
    assert made.scan is not None
    answer = client.get(f"/kelola/usulan/{made.code}/pindaian/")
    assert (answer.status_code, b"".join(answer.streaming_content)[:5]) == (200, b"%PDF-")  # type: ignore[attr-defined]
    answer.close()
    assert Client().get(f"/kelola/usulan/{made.code}/pindaian/").status_code == 302


def test_entry_with_a_disguised_scan_keeps_the_text() -> None:
    place = scenes.regency()
    scan = SimpleUploadedFile("usulan.pdf", b"MZ not a pdf", "application/pdf")
    answer = signed_in("unit-admin", place, "village").post(ENTER, {**fields(place), "scan": scan})
    assert (answer.status_code, "scan" in answer.context["form"].errors) == (422, True)
    assert "Ibu Wati" in answer.content.decode()


def test_entry_in_a_unit_of_somebody_else_is_not_offered() -> None:
    place = scenes.regency()
    answer = signed_in("moderator", place, "health").post(ENTER, fields(place))
    assert (answer.status_code, "unit" in answer.context["form"].errors) == (422, True)


def test_search_for_a_place_sends_nothing() -> None:
    place = scenes.regency()
    scenes.village_region()
    client = signed_in("unit-admin", place, "village")
    answer = client.post(ENTER, {**fields(place, region_q="Sukamaju"), "find": "1"})
    assert (answer.status_code, "32.01.01.2001" in answer.content.decode()) == (200, True)
    assert not Proposal.objects.exists()


def test_village_entry_is_read_but_not_decided_from_above_by_pages() -> None:
    place = scenes.regency()
    signed_in("unit-admin", place, "village").post(ENTER, fields(place))
    made = Proposal.objects.get()
    above = signed_in("administrator", place)
    assert above.get(f"/kelola/usulan/{made.code}/").status_code == 200
    assert above.get("/kelola/moderasi/").context["rows"] == []
    codes = {"step": "publish", "selected": str(made.code), "confirm": "1"}
    above.post("/kelola/moderasi/sekaligus/", codes)
    assert handling.state_of(made) == "submitted"


def test_entry_without_the_right_is_refused() -> None:
    place = scenes.regency()
    client = Client()
    client.force_login(people.staff("assessor", place.works))
    assert client.get(ENTER).status_code == 403
