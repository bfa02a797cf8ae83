"""How many decisions cite each reason, whatever model they are."""

from django.apps import apps
from django.db.models import ForeignKey, Model, OuterRef

from rembuk.common import counting
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
    """How often each reason is cited, by its id, in one query; each count ends at the bound (``common.counting``)."""
    parts = [
        ReasonCode.objects.order_by()
        .annotate(n=counting.counted_in_place(model._default_manager.filter(**{name: OuterRef("pk")})))
        .values_list("pk", "n")
        for model, name in citing()
    ]
    found: dict[int, int] = {}
    for key, number in parts[0].union(*parts[1:], all=True).order_by():
        if number:
            found[key] = min(found.get(key, 0) + number, counting.MOST + 1)
    return found


def of_reason(reason: ReasonCode) -> int:
    """How often one reason is cited."""
    return sum(model._default_manager.filter(**{name: reason}).count() for model, name in citing())
