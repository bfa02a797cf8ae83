"""Which categories, reasons and templates."""

import hashlib
from collections.abc import Iterable

from django.db.models import Q, QuerySet, Subquery

from rembuk.taxonomy.models import Category, FormerSlug, ReasonCode, TextTemplate
from rembuk.workunits.tree import STEP


def active_categories() -> QuerySet[Category]:
    """Active categories in the order of their tree."""
    return Category.objects.filter(is_active=True).order_by("path")


def choosable(present: Category | None) -> QuerySet[Category]:
    """Active categories, and the one a thing stands in already even where it is retired: editing must not lose it."""
    if present is None or present.is_active:
        return active_categories()
    return Category.objects.filter(Q(is_active=True) | Q(pk=present.pk)).order_by("path")


def above(category: Category) -> list[Category]:
    """The active categories above a category, the highest first; its path names them."""
    keys = [int(step[-STEP:]) for step in category.path.rstrip(".").split(".")[:-1]]
    return list(Category.objects.filter(pk__in=keys, is_active=True).order_by("path")) if keys else []


def children(category: Category) -> QuerySet[Category]:
    """The active categories right below a category, in order."""
    return category.children.filter(is_active=True).order_by("path")


def at_or_below(field: str, slug: str) -> Q:
    """Rows whose category, reached by ``field``, is the one with a slug or lies below it; none for a slug of none.

    Their keys are read first, so that the planner knows how much lies there and asks the index of what is listed for them.
    """
    return Q(**{f"{field}__in": keys_at_or_below(slug)})


def keys_at_or_below(slug: str) -> list[int]:
    """Keys of the category with a slug and of all below it; none for a slug of none."""
    top = Category.objects.filter(slug=slug).order_by().values("path")[:1]
    return list(
        Category.objects.filter(path__startswith=Subquery(top)).order_by().values_list("pk", flat=True)
    )


def order_stamp(rows: Iterable[Category]) -> str:
    """A mark of the whole tree in its order: it differs as soon as somebody moved, made or deleted a category."""
    told = ",".join(f"{row.pk}:{row.path}" for row in rows)
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()


def moved_to(slug: str) -> str:
    """The short name under which a category is found now whose address changed; empty where none did."""
    former = FormerSlug.objects.filter(slug=slug).select_related("category__merged_into").first()
    gone = Category.objects.filter(slug=slug).exclude(merged_into=None).select_related("merged_into").first()
    found = gone or (former.category if former else None)
    if found is None:
        return ""
    return found.merged_into.slug if found.merged_into else found.slug


def reasons(use: str) -> QuerySet[ReasonCode]:
    """Active reason codes for one use."""
    return ReasonCode.objects.filter(is_active=True, uses__contains=[use]).order_by("position", "label")


def templates(use: str) -> QuerySet[TextTemplate]:
    """Active text templates for one use."""
    return TextTemplate.objects.filter(is_active=True, use=use).order_by("position", "title")
