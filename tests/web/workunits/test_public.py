"""Public pages of units: figures, overdue, what lies with them and below."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from rembuk.proposals.models import Proposal
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import consultation_scenes as consultations
from tests import scenes

pytestmark = pytest.mark.django_db


def test_unit_page_shows_overdue_and_what_lies_below(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Talud sungai yang longsor")
    Proposal.objects.filter(pk=proposal.pk).update(
        unit=place.roads, answer_due_at=datetime(2026, 1, 5, tzinfo=UTC)
    )
    response = client.get(f"/satuan-kerja/{place.works.code}/")
    assert response.context["overdue"] == 1
    assert response.context["figures"].heard == 1
    assert "Talud sungai yang longsor" in response.content.decode()


def test_unknown_or_retired_unit_is_not_found(client: Client) -> None:
    place = scenes.regency()
    place.health.is_active = False
    place.health.save()
    assert client.get(f"/satuan-kerja/{place.health.code}/").status_code == 404
    assert client.get("/satuan-kerja/TIDAK-ADA/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_unit_pages_cost_the_same_for_any_number_of_rows(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    place = scenes.regency()
    for n in range(count):
        scenes.published(place, title=f"Usulan nomor urut {n}")
        consultations.opened(place)
    with django_assert_num_queries(2):
        client.get("/satuan-kerja/")
    with django_assert_num_queries(9):
        client.get(f"/satuan-kerja/{place.root.code}/")


def test_unit_page_lists_consultations_of_the_unit_and_below(client: Client) -> None:
    place = scenes.regency()
    made = consultations.opened(place, unit=place.roads)
    for unit, found in ((place.works, [made.code]), (place.health, [])):
        cards = client.get(f"/satuan-kerja/{unit.code}/").context["consultations"]
        assert [card["code"] for card in cards] == found


def test_hundreds_of_units_are_folded_behind_those_to_which_something_came(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place)
    for n in range(70):
        tree.plant(code=f"UPT{n}", name=f"UPT nomor {n}", kind=WorkUnit.Kind.UPT, parent=place.root)
    answer = client.get("/satuan-kerja/").context
    assert [row["label"] for row in answer["rows"]] == ["Kabupaten Contoh", "Dinas Pekerjaan Umum"]
    assert len(answer["all_rows"]) == 76
    assert "<details" in client.get(f"/satuan-kerja/{place.root.code}/").content.decode()
