"""Rows of the tree of categories."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.management.selectors import uses
from rembuk.taxonomy.models import Category
from rembuk.web.management.trees import folded


def category_rows(categories: Sequence[Category], used: Mapping[int, int]) -> list[dict[str, Any]]:
    """The tree with the number of proposals and programmes in each, and the addresses of its buttons."""
    return folded(categories, lambda category: _row(category, used))


def facts_of(category: Category) -> dict[str, Any]:
    """What decides between deleting and retiring."""
    used = sum(uses([category]).values())
    below = category.children.count()
    return {"used": used, "below": below, "may_delete": not used and not below}


def _row(category: Category, used: Mapping[int, int]) -> dict[str, Any]:
    notes = [str(category.default_unit)] if category.default_unit else []
    if category.answer_days:
        notes.append(_("%(days)s working days") % {"days": category.answer_days})
    return {
        "anchor": f"k-{category.slug}",
        "url": reverse("desk_management:category", args=[category.slug]),
        "shift_url": reverse("desk_management:category_shift", args=[category.slug]),
        "label": category.name,
        "code": category.slug,
        "icon": category.icon,
        "note": " · ".join(notes),
        "count": used.get(category.pk, 0),
        "is_active": category.is_active,
        "is_closed": not category.is_open,
    }
