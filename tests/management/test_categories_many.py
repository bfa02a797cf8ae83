"""Several categories at once, and a category put into its place by dragging."""

from dataclasses import replace

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid
from rembuk.management.actions import categories as actions
from rembuk.management.actions.categories import many
from rembuk.management.actions.lists.orders import Overtaken
from rembuk.management.facts import CategoryFacts
from rembuk.taxonomy import tree
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import above, children, choosable, order_stamp
from tests import people, scenes

pytestmark = pytest.mark.django_db
FACTS = CategoryFacts(name="Trotoar", name_en="Pavements", slug="trotoar")


def admin(place: scenes.Regency) -> people.Person:
    return people.staff("administrator", place.root)


def stamp() -> str:
    return order_stamp(Category.objects.order_by("path"))


def shown() -> list[tuple[str, int]]:
    return [(row.name, row.path.count(".") - 1) for row in Category.objects.order_by("path")]


def test_retiring_takes_the_deeper_ones_first_and_says_what_was_left() -> None:
    place = scenes.regency()
    by = admin(place)
    child = actions.create_category(replace(FACTS, parent=place.category), by=by)
    below = actions.create_category(
        replace(FACTS, slug="gizi", name="Gizi", parent=place.other_category), by=by
    )
    slugs = [place.category.slug, child.slug, place.other_category.slug]
    outcome = many.use_many(slugs, False, by=by)
    assert (outcome.done, [name for name, _why in outcome.refused]) == (["Trotoar", "Jalan"], ["Kesehatan"])
    marks = AuditEntry.objects.filter(verb="category.retired").values_list("bulk", flat=True)
    assert (len(marks), len(set(marks))) == (2, 1)
    back = many.use_many([child.slug, below.slug], True, by=by)
    assert (back.done, [name for name, _why in back.refused]) == ([], ["Trotoar", "Gizi"])
    assert many.use_many(slugs[:2], True, by=by).done == ["Jalan", "Trotoar"]


def test_unit_and_deadline_are_set_where_they_differ_and_emptied() -> None:
    place = scenes.regency()
    by, slugs = admin(place), [place.category.slug, place.other_category.slug]
    assert len(many.assign_many(slugs, place.works, by=by).done) == 2
    assert AuditEntry.objects.filter(verb="category.changed").count() == 1
    many.time_many(slugs, 30, by=by)
    assert set(Category.objects.values_list("default_unit", "answer_days")) == {(place.works.pk, 30)}
    many.assign_many(slugs, None, by=by)
    many.time_many(slugs, None, by=by)
    assert set(Category.objects.values_list("default_unit", "answer_days")) == {(None, None)}


def test_many_and_place_belong_to_the_whole_instansi() -> None:
    place = scenes.regency()
    by, slugs = people.staff("administrator", place.works), [place.category.slug]
    for act in (
        lambda: many.use_many(slugs, False, by=by),
        lambda: many.assign_many(slugs, None, by=by),
        lambda: many.time_many(slugs, 30, by=by),
        lambda: actions.place_category(place.category, None, "", seen=stamp(), by=by),
        lambda: actions.shift_category(place.category, "down", by=by),
    ):
        with pytest.raises(Denied):
            act()


def test_place_moves_behind_a_sibling_below_a_parent_and_first() -> None:
    place = scenes.regency()
    by = admin(place)
    child = actions.create_category(replace(FACTS, parent=place.category), by=by)
    actions.place_category(place.category, None, place.other_category.slug, seen=stamp(), by=by)
    assert shown() == [("Kesehatan", 0), ("Jalan", 0), ("Trotoar", 1)]
    actions.place_category(place.category, place.other_category, "", seen=stamp(), by=by)
    assert shown() == [("Kesehatan", 0), ("Jalan", 1), ("Trotoar", 2)]
    actions.place_category(child, None, "", seen=stamp(), by=by)
    assert shown() == [("Trotoar", 0), ("Kesehatan", 0), ("Jalan", 1)]
    entries = AuditEntry.objects.filter(verb="category.moved").order_by("id")
    assert entries[1].after == {"parent": place.other_category.slug, "position": 0}


def test_place_where_it_is_writes_nothing() -> None:
    place = scenes.regency()
    by = admin(place)
    actions.place_category(place.category, None, "", seen=stamp(), by=by)
    before = AuditEntry.objects.filter(verb="category.moved").count()
    actions.place_category(place.category, None, "", seen=stamp(), by=by)
    assert AuditEntry.objects.filter(verb="category.moved").count() == before


def test_place_by_somebody_who_was_overtaken_moves_nothing() -> None:
    place = scenes.regency()
    by, seen = admin(place), stamp()
    actions.create_category(FACTS, by=by)
    for behind, mark in ((place.other_category.slug, seen), ("tidak-ada", stamp())):
        with pytest.raises(Overtaken) as refusal:
            actions.place_category(place.category, None, behind, seen=mark, by=by)
        assert refusal.value.is_overtaken
    assert shown() == [("Jalan", 0), ("Kesehatan", 0), ("Trotoar", 0)]


def test_place_below_itself_or_a_retired_one_is_refused() -> None:
    place = scenes.regency()
    by = admin(place)
    child = actions.create_category(replace(FACTS, parent=place.category), by=by)
    actions.retire_category(place.other_category, by=by)
    for parent in (child, place.other_category):
        with pytest.raises(Invalid):
            actions.place_category(place.category, parent, "", seen=stamp(), by=by)


def test_what_can_be_chosen_is_in_use_or_what_a_thing_stands_in_already() -> None:
    place = scenes.regency()
    child = tree.plant(slug="anak", name="Anak", name_en="Child", parent=place.category)
    actions.retire_category(place.other_category, by=admin(place))
    place.other_category.refresh_from_db()
    assert place.other_category not in choosable(None)
    assert place.other_category not in choosable(place.category)
    assert place.other_category in choosable(place.other_category)
    assert (above(child), above(place.category), list(children(place.category))) == (
        [place.category],
        [],
        [child],
    )
