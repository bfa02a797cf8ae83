"""Merging categories: everything moves, old addresses lead on, and nothing is left behind by a writer at the same time."""

import time
from dataclasses import replace
from functools import partial

import pytest
from django.apps import apps
from django.db import models, transaction

from rembuk.audit.models import AuditEntry
from rembuk.common import search
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.engagement.models import Vote
from rembuk.management.actions import categories as actions
from rembuk.management.actions.categories import merge as merging
from rembuk.management.actions.categories.merge import merge_category
from rembuk.management.facts import CategoryFacts
from rembuk.management.lists.category_links import MOVES, STAYS
from rembuk.programs.models import Program
from rembuk.programs.selectors import listed
from rembuk.proposals.actions import submit
from rembuk.proposals.models import Proposal
from rembuk.taxonomy import tree
from rembuk.taxonomy.models import Category, FormerSlug
from rembuk.taxonomy.selectors import moved_to
from tests import consultation_scenes as consultations
from tests import matrix_scenes as matrix
from tests import people, scenes
from tests import program_scenes as programs
from tests.engagement import races

WHY = "Dua kategori ini sama isinya"
pytestmark = pytest.mark.django_db


def admin(place: scenes.Regency) -> people.Person:
    return people.staff("administrator", place.root)


def merged(place: scenes.Regency) -> dict[str, int]:
    """The regency's first category merged into its second."""
    return merge_category(place.category, place.other_category, reason=WHY, by=admin(place))


def test_every_relation_to_a_category_is_said_to_move_or_to_stay() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField)
        and field.related_model is Category
    }
    assert found == {*MOVES, *STAYS}


def test_everything_moves_and_nothing_else_changes() -> None:
    place = scenes.regency()
    proposal, draft = scenes.published(place), scenes.draft(place)
    programs.support(proposal, people.citizen())
    program = programs.published(place, proposal, by=programs.manager(place))
    asked = consultations.opened(place)
    before = Proposal.objects.values("state", "version", "answer_due_at", "title").get(pk=proposal.pk)
    moved = merged(place)
    assert {row.category_id for row in Proposal.objects.all()} == {place.other_category.pk}
    assert Program.objects.get(pk=program.pk).links.get().proposal == proposal
    assert Consultation.objects.get(pk=asked.pk).category_id == place.other_category.pk
    assert Proposal.objects.values("state", "version", "answer_due_at", "title").get(pk=proposal.pk) == before
    assert Vote.objects.count() == 1
    assert (moved["proposal"], moved["consultation"]) == (2, 1)
    entries = AuditEntry.objects.filter(verb="category.carried_over", target_kind="proposal")
    assert {entry.target_key for entry in entries} == {proposal.code, str(draft.public_id)}
    assert entries[0].after == {"category": place.other_category.slug, "category_before": place.category.slug}


def test_both_categories_and_all_that_moved_are_told_under_one_mark() -> None:
    place = scenes.regency()
    scenes.published(place)
    merged(place)
    gone = AuditEntry.objects.get(verb="category.merged", target_key=place.category.slug)
    there = AuditEntry.objects.get(verb="category.received", target_key=place.other_category.slug)
    assert (gone.after["merged_into"], gone.reason, gone.before) == (
        place.other_category.slug,
        WHY,
        {"is_active": True},
    )
    assert there.after == {"from": place.category.slug, "moved": {"proposal": 1}}
    assert AuditEntry.objects.filter(bulk=gone.bulk).count() == 3
    source = Category.objects.get(pk=place.category.pk)
    assert (source.is_active, source.merged_into) == (False, place.other_category)


def test_rows_of_the_matrix_and_programmes_move_and_programmes_are_found_by_the_new_name() -> None:
    place = scenes.regency()
    found = matrix.matrix()
    MatrixRow.objects.update(category=place.category)
    program = programs.published(place, by=programs.manager(place))
    Program.objects.filter(pk=program.pk).update(category=place.category)
    merged(place)
    assert listed().get(pk=program.pk).category_id == place.other_category.pk
    assert listed().filter(pk=program.pk, search=search.query("Kesehatan")).exists()
    assert {row.category_id for row in MatrixRow.objects.all()} == {place.other_category.pk}
    keys = set(
        AuditEntry.objects.filter(target_kind="matrix_row", verb="category.carried_over").values_list(
            "target_key"
        )
    )
    assert len(keys) == MatrixRow.objects.count() == len(found.rows)


def test_what_hangs_below_goes_below_the_other_one_behind_what_is_there() -> None:
    place = scenes.regency()
    by = admin(place)
    facts = CategoryFacts(name="Trotoar", name_en="Pavements", slug="trotoar", parent=place.category)
    child = actions.create_category(facts, by=by)
    actions.create_category(replace(facts, slug="ubin", name="Ubin", parent=child), by=by)
    actions.create_category(replace(facts, slug="gizi", name="Gizi", parent=place.other_category), by=by)
    moved = merge_category(place.category, place.other_category, reason=WHY, by=by)
    rows = Category.objects.filter(is_active=True).order_by("path")
    assert [(row.slug, row.path.count(".")) for row in rows] == [
        (place.other_category.slug, 1),
        ("gizi", 2),
        ("trotoar", 2),
        ("ubin", 3),
    ]
    assert moved == {"category": 1}


def test_addresses_lead_on_through_every_step() -> None:
    place = scenes.regency()
    by = admin(place)
    first = tree.plant(slug="lama", name="Lama", name_en="Old")
    merge_category(first, place.category, reason=WHY, by=by)
    values = {name: getattr(place.category, name) for name in ("name", "name_en", "default_unit")}
    actions.change_category(place.category, CategoryFacts(slug="jalan-baru", **values), by=by)
    merge_category(place.category, place.other_category, reason=WHY, by=by)
    goal = place.other_category.slug
    assert [moved_to(slug) for slug in ("lama", "jalan-baru", place.category.slug)] == [goal] * 3
    assert (moved_to(goal), moved_to("tidak-ada")) == ("", "")


@pytest.mark.parametrize("goal", ["itself", "below", "retired"])
def test_goals_that_can_not_be_are_refused_at_the_field(goal: str) -> None:
    place = scenes.regency()
    child = tree.plant(slug="anak", name="Anak", name_en="Child", parent=place.category)
    retired = tree.plant(slug="usang", name="Usang", name_en="Stale", is_active=False)
    into = {"itself": place.category, "below": child, "retired": retired}[goal]
    with pytest.raises(Invalid) as refusal:
        merge_category(place.category, into, reason=WHY, by=admin(place))
    assert list(refusal.value.fields) == ["into"]
    assert not AuditEntry.objects.filter(verb="category.merged").exists()


def test_a_tree_that_would_become_too_deep_is_refused() -> None:
    place = scenes.regency()
    child = tree.plant(slug="anak", name="Anak", name_en="Child", parent=place.category)
    deep = place.other_category
    for number in range(14):
        deep = tree.plant(slug=f"lapis-{number}", name="Lapis", name_en="Layer", parent=deep)
    with pytest.raises(Invalid) as refusal:
        merge_category(place.category, deep, reason=WHY, by=admin(place))
    assert (list(refusal.value.fields), child.parent_id) == (["into"], place.category.pk)


def test_without_a_reason_without_the_right_or_a_second_time_it_is_refused() -> None:
    place = scenes.regency()
    with pytest.raises(Invalid) as refusal:
        merge_category(place.category, place.other_category, reason=" ", by=admin(place))
    assert list(refusal.value.fields) == ["reason"]
    with pytest.raises(Denied):
        merge_category(
            place.category, place.other_category, reason=WHY, by=people.staff("administrator", place.works)
        )
    merged(place)
    with pytest.raises(WrongState):
        merged(place)
    with pytest.raises(WrongState):
        actions.restore_category(place.category, by=admin(place))


def test_a_short_name_that_was_given_is_never_given_to_another() -> None:
    place = scenes.regency()
    by = admin(place)
    values = {name: getattr(place.category, name) for name in ("name", "name_en", "default_unit")}
    old = place.category.slug
    actions.change_category(place.category, CategoryFacts(slug="jalan-baru", **values), by=by)
    for slug in (old, "jalan-baru"):
        with pytest.raises(Invalid) as refusal:
            actions.create_category(CategoryFacts(name="A", name_en="A", slug=slug), by=by)
        assert list(refusal.value.fields) == ["slug"]
    actions.change_category(place.category, CategoryFacts(slug=old, **values), by=by)
    assert list(FormerSlug.objects.values_list("slug", "category")) == [("jalan-baru", place.category.pk)]


@pytest.fixture
def place() -> scenes.Regency:
    """A regency that other threads see."""
    with transaction.atomic():
        return scenes.regency()


@pytest.mark.django_db(transaction=True)
def test_what_is_written_while_a_merge_is_under_way_lands_in_the_other_category(
    place: scenes.Regency, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        by, writer = admin(place), people.citizen()
    carry = merging._move_below

    def slowly(*rows: Category) -> object:
        time.sleep(1)
        return carry(*rows)

    monkeypatch.setattr(merging, "_move_below", slowly)

    def write_later() -> object:
        time.sleep(0.4)
        return scenes.draft(place, writer)

    job = partial(merge_category, place.category, place.other_category, reason=WHY, by=by)
    outcomes = races.at_once(job, write_later)
    assert [type(outcome) for outcome in outcomes] == [dict, Proposal]
    assert [row.category_id for row in Proposal.objects.all()] == [place.other_category.pk]


@pytest.mark.django_db(transaction=True)
def test_without_the_look_at_the_merge_the_same_draft_is_left_behind(
    place: scenes.Regency, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        by, writer = admin(place), people.citizen()
    carry = merging._move_below

    def slowly(*rows: Category) -> object:
        time.sleep(1)
        return carry(*rows)

    monkeypatch.setattr(merging, "_move_below", slowly)
    monkeypatch.setattr(submit, "settled", lambda category: category)

    def write_later() -> object:
        time.sleep(0.4)
        return scenes.draft(place, writer)

    job = partial(merge_category, place.category, place.other_category, reason=WHY, by=by)
    outcomes = races.at_once(job, write_later)
    assert [type(outcome) for outcome in outcomes] == [dict, Proposal]
    assert [row.category_id for row in Proposal.objects.all()] == [place.category.pk]


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_once_merge_once(place: scenes.Regency) -> None:
    with transaction.atomic():
        by = admin(place)
    one = partial(merge_category, place.category, place.other_category, reason=WHY, by=by)
    other = partial(merge_category, place.other_category, place.category, reason=WHY, by=by)
    outcomes = races.at_once(one, other)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invalid", "dict"]
    assert Category.objects.filter(is_active=True).count() == 1
