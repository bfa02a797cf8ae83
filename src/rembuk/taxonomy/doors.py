"""The way to a category for readers."""

from rembuk.common.errors import NotVisible
from rembuk.taxonomy.models import Category


def public_category(slug: str) -> Category:
    """The active category with this slug, with its parent.

    Raises:
        NotVisible: when there is none or it is retired.
    """
    found = Category.objects.filter(slug=slug, is_active=True).select_related("parent").first()
    if found is None:
        raise NotVisible
    return found
