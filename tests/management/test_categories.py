"""Categories: their tree and its order, retiring, and deleting only what nothing has used."""

from dataclasses import replace

import pytest

from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.management.actions import categories as actions
from rembuk.management.facts import CategoryFacts
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import active_categories
from tests import people, scenes

pytestmark = pytest.mark.django_db
FACTS = CategoryFacts(name="Jembatan", name_en="Bridges", slug="jembatan")


def tree() -> list[tuple[str, int]]:
    """The tree as pages read it: names with their depth."""
    return [(row.name, row.path.count(".") - 1) for row in active_categories()]


def facts(category: Category, **changes: object) -> CategoryFacts:
    """What is said of a category, with changes."""
    names = (
        "name",
        "name_en",
        "slug",
        "description",
        "icon",
        "parent",
        "is_open",
        "default_unit",
        "answer_days",
    )
    return replace(CategoryFacts(**{name: getattr(category, name) for name in names}), **changes)  # type: ignore[arg-type]


def test_create_puts_the_category_last_below_its_parent_and_into_the_trail() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    first = actions.create_category(replace(FACTS, parent=place.category), by=admin)
    actions.create_category(replace(FACTS, slug="trotoar", name="Trotoar", parent=place.category), by=admin)
    assert tree() == [("Jalan", 0), ("Jembatan", 1), ("Trotoar", 1), ("Kesehatan", 0)]
    entry = AuditEntry.objects.get(verb="category.created", target_key=first.slug)
    assert (entry.actor_person_id, entry.after["parent"]) == (admin.pk, place.category.slug)


def test_create_with_a_taken_short_name_is_refused_at_the_field() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    with pytest.raises(Invalid) as refusal:
        actions.create_category(replace(FACTS, slug=place.category.slug), by=admin)
    assert list(refusal.value.fields) == ["slug"]
    assert not AuditEntry.objects.filter(verb="category.created").exists()


def test_create_by_somebody_without_the_right_in_the_whole_instansi_is_denied() -> None:
    place = scenes.regency()
    with pytest.raises(Denied):
        actions.create_category(FACTS, by=people.staff("administrator", place.works))
    assert not Category.objects.filter(slug="jembatan").exists()


def test_change_records_only_what_differs() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    changed = facts(place.category, name_en="Roads and lanes", default_unit=place.health)
    actions.change_category(place.category, changed, by=admin)
    entry = AuditEntry.objects.get(verb="category.changed")
    assert entry.before == {"name_en": "Roads", "default_unit": place.works.code}
    assert entry.after == {"name_en": "Roads and lanes", "default_unit": place.health.code}


def test_change_without_a_difference_writes_nothing() -> None:
    place = scenes.regency()
    actions.change_category(
        place.category, facts(place.category), by=people.staff("administrator", place.root)
    )
    assert not AuditEntry.objects.filter(verb__startswith="category.").exists()


def test_change_of_the_parent_moves_the_whole_subtree() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    child = actions.create_category(replace(FACTS, parent=place.category), by=admin)
    actions.create_category(replace(FACTS, slug="gantung", name="Gantung", parent=child), by=admin)
    actions.change_category(place.category, facts(place.category, parent=place.other_category), by=admin)
    assert tree() == [("Kesehatan", 0), ("Jalan", 1), ("Jembatan", 2), ("Gantung", 3)]
    assert AuditEntry.objects.get(verb="category.moved").after["parent"] == place.other_category.slug


def test_change_below_itself_is_refused() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    child = actions.create_category(replace(FACTS, parent=place.category), by=admin)
    with pytest.raises(Invalid) as refusal:
        actions.change_category(place.category, facts(place.category, parent=child), by=admin)
    assert list(refusal.value.fields) == ["parent"]
    assert tree() == [("Jalan", 0), ("Jembatan", 1), ("Kesehatan", 0)]


def test_change_below_a_retired_category_is_refused() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    actions.retire_category(place.other_category, by=admin)
    with pytest.raises(Invalid):
        actions.change_category(place.category, facts(place.category, parent=place.other_category), by=admin)


def test_move_that_makes_the_tree_too_deep_is_refused() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    deep = place.other_category
    for number in range(14):
        deep = actions.create_category(replace(FACTS, slug=f"lapis-{number}", parent=deep), by=admin)
    with pytest.raises(Invalid) as refusal:
        actions.change_category(place.category, facts(place.category, parent=deep), by=admin)
    assert list(refusal.value.fields) == ["parent"]


@pytest.mark.parametrize(
    ("which", "direction", "order"),
    [
        (0, "down", ["B", "A", "C"]),
        (2, "up", ["A", "C", "B"]),
        (0, "up", ["A", "B", "C"]),
        (2, "down", ["A", "B", "C"]),
    ],
)
def test_shift_changes_places_with_the_neighbour(
    which: int, direction: actions.Direction, order: list[str]
) -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    made = [
        actions.create_category(replace(FACTS, slug=name.lower(), name=name, parent=place.category), by=admin)
        for name in "ABC"
    ]
    actions.shift_category(made[which], direction, by=admin)
    assert [name for name, depth in tree() if depth == 1] == order


def test_retire_keeps_what_stands_in_it_and_restore_brings_it_back() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    proposal = scenes.published(place)
    actions.retire_category(place.category, by=admin)
    assert tree() == [("Kesehatan", 0)]
    proposal.refresh_from_db()
    assert proposal.category_id == place.category.pk
    actions.restore_category(place.category, by=admin)
    assert ("Jalan", 0) in tree()


def test_retire_and_restore_refuse_what_is_done_or_would_leave_orphans() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    child = actions.create_category(replace(FACTS, parent=place.category), by=admin)
    for refused in (
        lambda: actions.retire_category(place.category, by=admin),
        lambda: actions.restore_category(place.category, by=admin),
    ):
        with pytest.raises(WrongState):
            refused()
    actions.retire_category(child, by=admin)
    actions.retire_category(place.category, by=admin)
    for refused in (
        lambda: actions.retire_category(child, by=admin),
        lambda: actions.restore_category(child, by=admin),
    ):
        with pytest.raises(WrongState):
            refused()


def test_delete_takes_an_unused_category_away_and_leaves_its_name_in_the_trail() -> None:
    place = scenes.regency()
    actions.delete_category(place.category, by=people.staff("administrator", place.root))
    assert not Category.objects.filter(pk=place.category.pk).exists()
    assert AuditEntry.objects.get(verb="category.deleted").before["name"] == "Jalan"


def test_delete_of_a_used_category_is_refused() -> None:
    place = scenes.regency()
    scenes.draft(place)
    with pytest.raises(WrongState):
        actions.delete_category(place.category, by=people.staff("administrator", place.root))
    assert Category.objects.filter(pk=place.category.pk).exists()
