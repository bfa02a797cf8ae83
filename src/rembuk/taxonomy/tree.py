"""Pure moves in the tree of categories. A step of its path is position and id, so that paths sort as pages show them."""

from django.db import connection

from rembuk.taxonomy.models import Category, FormerSlug
from rembuk.workunits.tree import lock_tree, repath, segment

POSITION = 4
MOST = 10**POSITION - 1


def path_of(pk: int, position: int, parent: Category | None) -> str:
    """The path of a node: ``00020000042.`` and the like behind its parent's."""
    return f"{parent.path if parent else ''}{min(position, MOST):0{POSITION}d}{segment(pk)}"


def lock() -> None:
    """Until the transaction ends, everybody else who plants or moves waits."""
    lock_tree(Category)


def plant(**fields: object) -> Category:
    """Insert a category with its path; ``fields`` are the model's own, ``parent`` among them."""
    lock()
    category = Category(**fields)
    if category.parent is not None:
        category.parent.refresh_from_db(fields=["path"])
    # Unique and never shown: stands only until the id is known, in the same transaction.
    category.path = f"new-{category.slug}"
    category.save()
    category.path = path_of(category.pk, category.position, category.parent)
    category.save(update_fields=["path"])
    return category


def order_by_name(parent: Category) -> None:
    """Put the children of a category into the order of their names, with all below them."""
    lock()
    children = sorted(Category.objects.filter(parent=parent), key=lambda child: child.name.casefold())
    for position, child in enumerate(children, 1):
        if child.position != position:
            place(child, parent, position)


def place(category: Category, parent: Category | None, position: int) -> None:
    """Hang a category with all below it under ``parent`` at a position; the caller holds the lock."""
    new = path_of(category.pk, position, parent)
    repath(Category, category.path, new)
    Category.objects.filter(pk=category.pk).update(parent=parent, position=position)
    category.parent, category.position, category.path = parent, position, new


def slug_is_free(slug: str, category: Category | None = None) -> bool:
    """Whether a short name is free for a category: no other has it, and addresses with it lead to no other."""
    others = Category.objects.filter(slug=slug), FormerSlug.objects.filter(slug=slug)
    if category is not None and category.pk:
        others = others[0].exclude(pk=category.pk), others[1].exclude(category=category)
    return not any(rows.exists() for rows in others)


def settled(category: Category | None) -> Category | None:
    """What a write should carry for a chosen category: the one it was merged into, if it was.

    Waits for a merge under way, and until the transaction ends none can begin, so nothing is left behind in a
    category that is gone. For actions, within their transaction.
    """
    if category is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [category.pk])
        found = cursor.fetchone()
    return Category.objects.get(pk=found[0]) if found and found[0] else category


_HOLD = "SELECT merged_into_id FROM taxonomy_category WHERE id = %s FOR KEY SHARE"
