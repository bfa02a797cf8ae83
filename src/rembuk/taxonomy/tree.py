"""Pure moves in the tree of categories."""

from rembuk.taxonomy.models import Category
from rembuk.workunits.tree import segment


def plant(**fields: object) -> Category:
    """Insert a category with its path; ``fields`` are the model's own, ``parent`` among them."""
    category = Category(**fields)
    # Unique and never shown: stands only until the id is known, in the same transaction.
    category.path = f"new-{category.slug}"
    category.save()
    category.path = (category.parent.path if category.parent else "") + segment(category.pk)
    category.save(update_fields=["path"])
    return category
