"""Kategori: the tree, its forms with kept input, and who may open it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from rembuk.common import counting
from rembuk.taxonomy import tree
from rembuk.taxonomy.models import Category
from rembuk.web.components.icons import ICONS
from rembuk.web.components.topics import TOPICS
from tests import scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
LIST = f"{K}kategori/"
TREE = 5
"""Queries of the page of the tree: six is the most a tree may take."""
SENT = {
    "name": "Jembatan",
    "name_en": "Bridges",
    "slug": "jembatan",
    "description": "Jembatan desa dan gantung",
    "icon": "route",
    "parent": "",
    "is_open": "on",
    "default_unit": "",
    "answer_days": "",
}


def test_new_category_is_made_from_the_form_with_its_unit_and_parent() -> None:
    place = scenes.regency()
    sent = {**SENT, "parent": place.category.slug, "default_unit": f"{place.works.name} ({place.works.code})"}
    answer = signed_in("administrator", place).post(f"{LIST}baru/", sent)
    made = Category.objects.get(slug="jembatan")
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert (made.parent, made.default_unit, made.icon, made.is_open) == (
        place.category,
        place.works,
        "route",
        True,
    )


def test_bad_input_is_shown_again_with_a_summary_and_what_was_typed() -> None:
    place = scenes.regency()
    sent = {**SENT, "name_en": "", "slug": "baru", "icon": "rocket", "answer_days": "1"}
    answer = signed_in("administrator", place).post(f"{LIST}baru/", sent)
    assert refused(answer) == (422, True)
    assert set(answer.context["form"].errors) == {"name_en", "slug", "icon", "answer_days"}
    assert "Jembatan desa dan gantung" in answer.content.decode()


def test_counts_end_at_the_bound_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    scenes.submitted(place), scenes.submitted(place)
    client = signed_in("administrator", place)
    assert "2 usulan" in client.get(LIST).content.decode()
    monkeypatch.setattr(counting, "MOST", 1)
    assert "lebih dari 1 usulan" in client.get(LIST).content.decode()


def test_script_in_a_name_is_shown_as_text() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    client.post(f"{LIST}baru/", {**SENT, "name": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in client.get(LIST).content.decode()


def test_icons_are_those_of_topics_with_their_words_and_the_one_a_category_has() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    page = client.get(f"{LIST}baru/").content.decode()
    assert 'title="Jalan dan transportasi"' in page
    assert set(TOPICS) <= set(ICONS)
    assert refused(client.post(f"{LIST}baru/", {**SENT, "icon": "arrow-up"})) == (422, True)
    Category.objects.filter(pk=place.category.pk).update(icon="arrow-up")
    kept = client.get(f"{LIST}{place.category.slug}/").content.decode()
    assert 'title="Ikon saat ini"' in kept


def test_a_merged_category_has_no_page_to_lead_to() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    merged = tree.plant(slug="gang", name="Gang buntu", name_en="Lanes")
    Category.objects.filter(pk=merged.pk).update(merged_into=place.category, is_active=False)
    page = client.get(f"{LIST}?q=gang").content.decode()
    assert "<span>Gang buntu</span>" in page
    assert f'href="{LIST}gang/"' not in page
    assert f'href="{LIST}{place.category.slug}/"' in page


def test_edit_saves_and_offers_no_parent_below_itself() -> None:
    place = scenes.regency()
    tree.plant(slug="gang", name="Gang", name_en="Lanes", parent=place.category)
    client, here = signed_in("administrator", place), f"{LIST}{place.category.slug}/"
    offered = [row.slug for row in client.get(here).context["form"].fields["parent"].queryset]
    answer = client.post(here, {**SENT, "slug": place.category.slug})
    assert offered == [place.other_category.slug]
    assert (answer.status_code, Category.objects.get(pk=place.category.pk).name) == (303, "Jembatan")


def test_buttons_change_the_order() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    answer = client.post(f"{LIST}{place.other_category.slug}/geser/", {"arah": "naik"})
    assert answer.status_code == 303
    assert [row["label"] for row in client.get(LIST).context["rows"]] == ["Kesehatan", "Jalan"]


def test_a_used_category_can_be_retired_but_not_deleted() -> None:
    place = scenes.regency()
    scenes.published(place)
    client, here = signed_in("administrator", place), f"{LIST}{place.category.slug}/"
    shown = client.get(here)
    assert not shown.context["may_delete"]
    assert f"/kelola/usulan/?kategori={place.category.slug}" in shown.content.decode()
    assert f"{here}gabung/" in shown.content.decode()
    assert client.post(f"{here}hapus/").status_code == 409
    assert client.post(f"{here}nonaktif/").status_code == 303
    assert client.post(f"{here}nonaktif/").status_code == 409
    assert client.post(f"{here}aktif/").status_code == 303


def test_an_unused_category_is_deleted() -> None:
    place = scenes.regency()
    answer = signed_in("administrator", place).post(f"{LIST}{place.category.slug}/hapus/")
    assert (answer.status_code, Category.objects.filter(pk=place.category.pk).exists()) == (303, False)


@pytest.mark.parametrize(
    ("role", "unit", "status"), [("administrator", "works", 403), ("moderator", "root", 403)]
)
def test_others_are_denied(role: str, unit: str, status: int) -> None:
    place = scenes.regency()
    client = signed_in(role, place, unit)
    assert client.get(LIST).status_code == status
    assert client.post(f"{LIST}baru/", SENT).status_code == status
    assert not Category.objects.filter(slug="jembatan").exists()


def test_an_unknown_category_is_not_found() -> None:
    assert signed_in("administrator", scenes.regency()).get(f"{LIST}tidak-ada/").status_code == 404


@pytest.mark.parametrize("more", [1, 3, 200])
def test_the_tree_asks_as_often_for_hundreds_as_for_few(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    for number in range(more):
        tree.plant(slug=f"c{number}", name="C", name_en="C", parent=place.category, default_unit=place.works)
    client = signed_in("administrator", place)
    client.get(LIST)
    with django_assert_num_queries(TREE):
        client.get(LIST)
