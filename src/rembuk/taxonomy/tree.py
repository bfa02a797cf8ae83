"""Pure moves in the tree of categories. A step of its path is position and id, so that paths sort as pages show them."""

from rembuk.taxonomy.models import Category
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
