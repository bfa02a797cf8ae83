"""What every public list with filters needs: chips of the filters in force, sorting links, the pager's addresses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Self
from urllib.parse import urlencode

from django.forms import BooleanField, BoundField
from django.http import HttpRequest
from django.utils.choices import BaseChoiceIterator
from django.utils.safestring import SafeString

from rembuk.web import fragments


class Offer(BaseChoiceIterator):
    """Choices of a filter that all forms share, known by a mark that others don't have.

    A site has a hundred agencies to choose from, which each form would copy and each kept one compare.
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._rows = tuple(rows)
        self.mark = sha256(repr(self._rows).encode()).hexdigest()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        return self


def mark_of(choices: Any) -> str | Sequence[Any]:
    """What tells the choices of a field from others: the mark of an offer, also of one in an iterator, else all of them."""
    offer = getattr(choices, "choices", choices)
    return offer.mark if isinstance(offer, Offer) else list(choices)


def address(request: HttpRequest, **changes: str | None) -> str:
    """This page with parameters changed (``None`` removes); always back to the first page unless ``after`` is given."""
    pairs = {key: value for key, value in request.GET.items() if value and key != "after"}
    pairs.update({key: value for key, value in changes.items() if value})
    for key in [key for key, value in changes.items() if value is None]:
        pairs.pop(key, None)
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


def pager(request: HttpRequest, next_token: str) -> dict[str, str]:
    """``next_url`` and ``first_url`` for ``components/pager.html``."""
    return {
        "next_url": address(request, after=next_token) if next_token else "",
        "first_url": address(request) if request.GET.get("after") else "",
    }


def active_filters(request: HttpRequest, form: Any) -> list[dict[str, str]]:
    """The filters in force as chips: the field's word with the chosen label, and the way without it."""
    chips = []
    for name, field in form.fields.items():
        value = request.GET.get(name, "").strip()
        if value:
            label = dict(getattr(field, "choices", ())).get(value, value)
            is_tick = isinstance(field, BooleanField)
            chips.append(
                {
                    "label": str(field.label) if is_tick else f"{field.label}: {str(label).strip()}",
                    "remove_url": address(request, **{name: None}),
                }
            )
    return chips


def sort_tabs(
    request: HttpRequest, sorts: Mapping[str, Any], current: str, param: str = "urut"
) -> list[dict[str, Any]]:
    """Sorting as tabs: each a link that keeps the filters."""
    first = next(iter(sorts))
    return [
        {
            "label": label,
            "url": address(request, **{param: None if key == first else key}),
            "current": key == current,
        }
        for key, label in sorts.items()
    ]


def kept_form(name: str, form: Any) -> Any:
    """The fields of filters as HTML, kept: with nothing chosen all together, else each of them by its choices and its value.

    What is typed is rendered as it comes, and so is a form that has to be mended.
    """
    if not any(form.data.get(field) for field in form.fields):
        facts = {field: mark_of(getattr(one, "choices", ())) for field, one in form.fields.items()}
        return fragments.kept(name, facts, form.render)
    if form.errors:
        return form
    return SafeString("".join(_kept_field(name, field) for field in form))


def _kept_field(name: str, field: BoundField) -> SafeString:
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return field.as_field_group()
    facts = {"value": field.value(), "choices": mark_of(choices)}
    return fragments.kept(f"{name}/{field.name}", facts, field.as_field_group)
