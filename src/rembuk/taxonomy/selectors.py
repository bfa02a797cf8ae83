"""Which categories, reasons and templates."""

from django.db.models import QuerySet

from rembuk.taxonomy.models import Category, ReasonCode, TextTemplate


def active_categories() -> QuerySet[Category]:
    """Active categories in the order of their tree."""
    return Category.objects.filter(is_active=True).order_by("path")


def open_categories() -> QuerySet[Category]:
    """Active categories that a citizen may choose, in the order of their tree."""
    return active_categories().filter(is_open=True)


def with_children(category: Category) -> QuerySet[Category]:
    """The category and everything below it."""
    return Category.objects.filter(path__startswith=category.path)


def reasons(use: str) -> QuerySet[ReasonCode]:
    """Active reason codes for one use."""
    return ReasonCode.objects.filter(is_active=True, uses__contains=[use]).order_by("position", "label")


def templates(use: str) -> QuerySet[TextTemplate]:
    """Active text templates for one use."""
    return TextTemplate.objects.filter(is_active=True, use=use).order_by("position", "title")
