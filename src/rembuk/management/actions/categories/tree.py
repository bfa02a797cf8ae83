"""The tree of categories: making, editing, moving, ordering, retiring; deleting one that nothing uses.

A short name that was ever given to a category stays hers: addresses with it lead on, and no other gets it.
"""

from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.management import rules, verbs
from rembuk.management.actions.categories.use import set_active
from rembuk.management.actions.lists.orders import Overtaken
from rembuk.management.actions.rows import apply, told, unique, wrong
from rembuk.management.facts import CategoryFacts
from rembuk.taxonomy import tree
from rembuk.taxonomy.models import Category, FormerSlug
from rembuk.taxonomy.selectors import order_stamp
from rembuk.workunits.tree import fits

type Direction = Literal["up", "down"]
TAKEN = gettext_lazy("Another category has this short name.")
FORMER = gettext_lazy("Another category had this short name: old addresses lead there.")


def create_category(facts: CategoryFacts, *, by: Person, at: datetime | None = None) -> Category:
    """Make a category, the last below its parent.

    Raises:
        Denied: without the right in the whole instansi. Invalid: for a short name that is taken or a retired parent.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        tree.lock()
        _check_parent(None, facts.parent)
        _check_slug(facts.slug, None)
        with unique("slug", TAKEN):
            made = tree.plant(**facts.values(), parent=facts.parent, position=behind(facts.parent))
        after = {"slug": made.slug, "name": made.name, "name_en": made.name_en, "parent": told(made.parent)}
        _note(verbs.CATEGORY_CREATED, made, by, at, after=after)
    return made


def change_category(
    category: Category, facts: CategoryFacts, *, by: Person, at: datetime | None = None
) -> Category:
    """Save what differs; under another parent it goes with all below it, as the last there.

    Raises:
        Denied: without the right in the whole instansi.
        Invalid: for a short name that is taken, a retired parent, or a parent that lies below the category.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        tree.lock()
        category = (
            Category.objects.select_for_update(of=("self",))
            .select_related("parent", "default_unit")
            .get(pk=category.pk)
        )
        before, after = apply(category, facts.values())
        if before:
            _check_slug(facts.slug, category)
            with unique("slug", TAKEN):
                category.save(update_fields=list(after))
            if "slug" in before:
                _keep_former(category, str(before["slug"]), at)
            _note(verbs.CATEGORY_CHANGED, category, by, at, before=before, after=after)
        if (facts.parent and facts.parent.pk) != category.parent_id:
            _move(category, facts.parent, by, at)
    return category


def shift_category(
    category: Category, direction: Direction, *, by: Person, at: datetime | None = None
) -> None:
    """Let a category change places with its neighbour; at the end of its row nothing happens.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        tree.lock()
        category.refresh_from_db(fields=["parent", "position", "path"])
        row = list(Category.objects.filter(parent=category.parent).order_by("path"))
        old = next(place for place, sibling in enumerate(row) if sibling.pk == category.pk)
        new = old - 1 if direction == "up" else old + 1
        if not 0 <= new < len(row):
            return
        row.insert(new, row.pop(old))
        _number(row, category.parent)
        _note(verbs.CATEGORY_MOVED, category, by, at, before={"position": old}, after={"position": new})


def place_category(
    category: Category,
    parent: Category | None,
    behind_key: str,
    *,
    seen: str,
    by: Person,
    at: datetime | None = None,
) -> None:
    """Put a category with all below it under ``parent``, behind the sibling with the slug ``behind_key`` (empty: first).

    ``seen`` is the stamp of the tree that the person had before her.

    Raises:
        Denied: without the right in the whole instansi. Overtaken: when the tree changed meanwhile.
        Invalid: below itself, below a retired one, or where the tree would become too deep.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        tree.lock()
        if order_stamp(Category.objects.order_by("path")) != seen:
            raise Overtaken
        category = Category.objects.select_related("parent").get(pk=category.pk)
        _check_parent(category, parent)
        before = {"parent": told(category.parent), "position": category.position}
        row = list(Category.objects.filter(parent=parent).exclude(pk=category.pk).order_by("path"))
        keys = ["", *(sibling.slug for sibling in row)]
        if behind_key not in keys:
            raise Overtaken
        row.insert(keys.index(behind_key), category)
        _number(row, parent)
        after = {"parent": told(parent), "position": category.position}
        if after != before:
            _note(verbs.CATEGORY_MOVED, category, by, at, before=before, after=after)


def retire_category(category: Category, *, by: Person, at: datetime | None = None) -> None:
    """Take a category out of use: what stands in it stays, nothing new comes.

    Raises:
        Denied: without the right in the whole instansi. WrongState: while active ones hang below, or done already.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        tree.lock()
        category = Category.objects.select_for_update().get(pk=category.pk)
        set_active(category, False)
        _note(verbs.CATEGORY_RETIRED, category, by, at)


def restore_category(category: Category, *, by: Person, at: datetime | None = None) -> None:
    """Put a retired category back into use.

    Raises:
        Denied: without the right in the whole instansi.
        WrongState: when it is in use, hangs below a retired one, or was merged into another.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        tree.lock()
        category = (
            Category.objects.select_for_update(of=("self",)).select_related("parent").get(pk=category.pk)
        )
        set_active(category, True)
        _note(verbs.CATEGORY_RESTORED, category, by, at)


def delete_category(category: Category, *, by: Person, at: datetime | None = None) -> None:
    """Delete a category that nothing has ever used.

    Raises:
        Denied: without the right in the whole instansi. WrongState: when a proposal, a programme or a category uses it.
    """
    require(rules.may_manage_site(by, izin.CATEGORY_MANAGE))
    with transaction.atomic():
        tree.lock()
        try:
            with transaction.atomic():
                Category.objects.get(pk=category.pk).delete()
        except ProtectedError:
            used = _("This category is in use and can't be deleted. Merge it into another one, or retire it.")
            raise WrongState(used) from None
        _note(verbs.CATEGORY_DELETED, category, by, at, before={"slug": category.slug, "name": category.name})


def _move(category: Category, parent: Category | None, by: Person, at: datetime | None) -> None:
    _check_parent(category, parent)
    before = {"parent": told(category.parent), "position": category.position}
    tree.place(category, parent, behind(parent))
    after = {"parent": told(parent), "position": category.position}
    _note(verbs.CATEGORY_MOVED, category, by, at, before=before, after=after)


def _check_parent(category: Category | None, parent: Category | None) -> None:
    if parent is None:
        return
    parent.refresh_from_db(fields=["path", "is_active"])
    if not parent.is_active:
        raise wrong("parent", _("This category is retired: nothing new can hang below it."))
    if category and parent.path.startswith(category.path):
        raise wrong("parent", _("A category can't hang below itself."))
    old = category.path if category else ""
    if category and not fits(Category, old, tree.path_of(category.pk, tree.MOST, parent)):
        raise wrong("parent", _("The tree would become too deep."))


def behind(parent: Category | None) -> int:
    """The position behind everything that hangs below ``parent``."""
    last = (
        Category.objects.filter(parent=parent)
        .order_by("-position")
        .values_list("position", flat=True)
        .first()
    )
    return 0 if last is None else min(last + 1, tree.MOST)


def _number(row: list[Category], parent: Category | None) -> None:
    """Give siblings their places in this order."""
    for place, sibling in enumerate(row):
        if sibling.position != place or sibling.parent_id != (parent.pk if parent else None):
            tree.place(sibling, parent, place)


def _check_slug(slug: str, category: Category | None) -> None:
    others = Category.objects.filter(slug=slug)
    if not tree.slug_is_free(slug, category):
        taken = (others.exclude(pk=category.pk) if category else others).exists()
        raise wrong("slug", TAKEN if taken else FORMER)


def _keep_former(category: Category, old: str, at: datetime | None) -> None:
    """Keep the old short name for the category, and take back one she had before."""
    FormerSlug.objects.filter(slug=category.slug, category=category).delete()
    FormerSlug.objects.create(slug=old, category=category, since=instant(at))


def _note(verb: Verb, category: Category, by: Person, at: datetime | None, **changes: Any) -> None:
    target = audit.Target("category", category.slug)
    audit.record(verb, by=actor_of(by), target=target, at=at, **changes)
