"""How many decisions cite each reason, whatever model they are."""

from django.apps import apps
from django.db.models import Count, ForeignKey, Model

from rembuk.taxonomy.models import ReasonCode


def citing() -> list[tuple[type[Model], str]]:
    """Every model with a relation to reasons, and the name of it; that of a reason to its successor is none."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is ReasonCode and model is not ReasonCode
    ]


def of_reasons() -> dict[int, int]:
    """How often each reason is cited, by its id, in one query."""
    parts = [
        model._default_manager.exclude(**{name: None})
        .order_by()
        .values_list(f"{name}_id")
        .annotate(n=Count("pk"))
        for model, name in citing()
    ]
    found: dict[int, int] = {}
    for key, number in parts[0].union(*parts[1:], all=True):
        found[key] = found.get(key, 0) + number
    return found


def of_reason(reason: ReasonCode) -> int:
    """How often one reason is cited."""
    return sum(model._default_manager.filter(**{name: reason}).count() for model, name in citing())
