"""A category's page lists what belongs to it and its children."""

import pytest
from django.test import Client

from rembuk.taxonomy import tree
from tests import consultation_scenes as consultations
from tests import scenes

pytestmark = pytest.mark.django_db


def test_category_page_takes_in_its_children(client: Client) -> None:
    place = scenes.regency()
    child = tree.plant(slug="trotoar", name="Trotoar", name_en="Pavements", parent=place.category)
    scenes.published(place, title="Trotoar ramah kursi roda", category=child)
    assert "Trotoar ramah kursi roda" in client.get(f"/kategori/{place.category.slug}/").content.decode()
    assert "Pavements" in client.get("/en/kategori/trotoar/").content.decode()


def test_retired_category_is_not_found(client: Client) -> None:
    place = scenes.regency()
    place.category.is_active = False
    place.category.save()
    assert client.get(f"/kategori/{place.category.slug}/").status_code == 404


def test_category_page_lists_its_consultations(client: Client) -> None:
    place = scenes.regency()
    made = consultations.opened(place)
    for category, found in ((place.category, [made.code]), (place.other_category, [])):
        cards = client.get(f"/kategori/{category.slug}/").context["consultations"]
        assert [card["code"] for card in cards] == found


def test_counts_and_chips_take_in_the_children_and_the_way_back_stands_above(client: Client) -> None:
    place = scenes.regency()
    child = tree.plant(slug="trotoar", name="Trotoar", name_en="Pavements", parent=place.category)
    tree.plant(slug="usang", name="Usang", name_en="Stale", parent=place.category, is_active=False)
    scenes.published(place, category=child)
    above = client.get(f"/kategori/{place.category.slug}/").context
    assert (above["counts"]["proposals"], [row.slug for row in above["children"]]) == (1, ["trotoar"])
    assert above["crumbs"] == []
    below = client.get("/kategori/trotoar/").context
    assert [crumb["label"] for crumb in below["crumbs"]] == ["Jalan", "Trotoar"]


def test_a_category_without_anything_invites_to_write(client: Client) -> None:
    place = scenes.regency()
    page = client.get(f"/kategori/{place.other_category.slug}/")
    assert (page.status_code, 'class="empty"' in page.content.decode()) == (200, True)
