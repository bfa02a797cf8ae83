"""Pages of a list by keyset: the next page begins after the last row shown. No COUNT, no OFFSET.

Here: the cut of a queryset, and the token that stands in an address. Not here: which rows there are
(selectors), and the words of the pager (``components/pager.html``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, Value
from django.db.models.expressions import Expression
from django.db.models.functions import Lower, Upper
from django.db.models.lookups import GreaterThan, LessThan

SIZE = 30
_LONGEST_COUNT = 6
_SIGNER = signing.Signer(salt="rembuk.web.paging")


@dataclass(frozen=True, slots=True)
class Page[Row]:
    """The rows of one page, and the token of the one after it (empty at the end)."""

    items: list[Row]
    next_token: str = ""


@dataclass(frozen=True, slots=True)
class Keyset:
    """An order that ends in a unique field, and how many rows a page has.

    Fields as in ``order_by``: names, paths over foreign keys, annotations; ``-`` for descending. NULL sorts
    as PostgreSQL does it, above every value, so that plain indexes serve.
    """

    order: tuple[str, ...]
    size: int = SIZE

    def page[Row: Model](
        self,
        queryset: QuerySet[Row, Any],
        after: str | None = None,
        *,
        dressed: Callable[[QuerySet[Row, Any]], QuerySet[Row, Any]] | None = None,
    ) -> Page[Any]:
        """The page after a token, in one query; the first page without a token of ours.

        With ``dressed``, which adds what is shown, the rows of the page are chosen first, by no more than an index may hold.
        """
        values = self._read(queryset, after or "")
        if values is not None:
            queryset = queryset.filter(self._behind(queryset, values))
        rows = queryset.order_by(*self.order)[: self.size + 1]
        if dressed is not None:
            chosen = queryset.model._base_manager.filter(pk__in=rows.values("pk"))
            rows = dressed(chosen).order_by(*self.order)
        return self.cut(list(rows))

    def cut(self, rows: Sequence[Any]) -> Page[Any]:
        """The page of rows that were read in this order, one more than it shows where there are so many."""
        shown = list(rows[: self.size])
        return Page(shown, self._write(shown[-1]) if len(rows) > self.size else "")

    def _write(self, row: Any) -> str:
        values = [_value(row, _name(field)) for field in self.order]
        stored = [None if value is None else str(value) for value in values]
        return _SIGNER.sign_object([",".join(self.order), *stored]).replace(":", "~")

    def _read(self, queryset: QuerySet[Any, Any], token: str) -> list[Any] | None:
        try:
            order, *stored = _SIGNER.unsign_object(token.replace("~", ":"))
        except (signing.BadSignature, ValueError):
            return None
        if order != ",".join(self.order):
            return None
        fields = [_field(queryset, _name(field)) for field in self.order]
        try:
            return [field.to_python(value) for field, value in zip(fields, stored, strict=True)]
        except (ValidationError, ValueError):
            return None

    def _behind(self, queryset: QuerySet[Any, Any], values: list[Any]) -> Q:
        """Rows behind the given ones: one row comparison where an index can serve it, else step by step."""
        down = [field.startswith("-") for field in self.order]
        names = [_name(field) for field in self.order]
        known = all(value is not None for value in values)
        if known and all(down):
            return Q(LessThan(_row(map(F, names)), _row(map(Value, values))))
        if known and not any(down) and not any(_is_nullable(queryset, name) for name in names):
            return Q(GreaterThan(_row(map(F, names)), _row(map(Value, values))))
        return _step_by_step(names, down, values)


def page_of[Row: Model](
    queryset: QuerySet[Row, Any],
    *,
    order: Sequence[str] = ("-id",),
    after: str | None = None,
    size: int = SIZE,
    dressed: Callable[[QuerySet[Row, Any]], QuerySet[Row, Any]] | None = None,
) -> Page[Any]:
    """One page of ``queryset`` in ``order`` after the token; see ``Keyset``."""
    return Keyset(tuple(order), size).page(queryset, after, dressed=dressed)


def rows_before(token: str, count: int, size: int) -> int:
    """Where the page of a list begins that lies in memory and tells its pages by how many rows come before them.

    0, the first page, where the token is none of ours or fewer rows than that are left.
    """
    is_ours = token.isascii() and token.isdecimal() and len(token) <= _LONGEST_COUNT
    start = int(token) if is_ours else 0
    return start if start < count and start % size == 0 else 0


def _name(field: str) -> str:
    return field.removeprefix("-")


def _value(row: Any, name: str) -> Any:
    """The value of a row (of a model, or a dictionary of ``values()``) by its path."""
    if isinstance(row, dict):
        return row[name]
    if hasattr(row, name):
        found = getattr(row, name)
        return found.pk if isinstance(found, Model) else found
    return reduce(lambda found, step: None if found is None else getattr(found, step), name.split("__"), row)


def _field(queryset: QuerySet[Any, Any], name: str) -> Any:
    """The model field behind a name, or the output field of an annotation."""
    annotation = queryset.query.annotations.get(name)
    if annotation is not None:
        return annotation.output_field
    return _walk(queryset, name)[-1]


def _walk(queryset: QuerySet[Any, Any], name: str) -> list[Any]:
    model: Any = queryset.model
    found: list[Any] = []
    for step in name.split("__"):
        field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        found.append(field)
        model = field.related_model
    last = found[-1]
    return [*found[:-1], last.target_field if last.is_relation else last]


def _is_nullable(queryset: QuerySet[Any, Any], name: str) -> bool:
    annotation = queryset.query.annotations.get(name)
    if isinstance(annotation, Lower | Upper):
        source = annotation.get_source_expressions()[0]
        return bool(getattr(getattr(source, "target", None), "null", True))
    try:
        return any(getattr(field, "null", True) for field in _walk(queryset, name))
    except FieldDoesNotExist:
        return True


def _row(parts: Any) -> Expression:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())


def _step_by_step(names: list[str], down: list[bool], values: list[Any]) -> Q:
    """``a`` beyond, or ``a`` equal and ``b`` beyond, and so on, with NULL above every value."""
    ways = [
        _same(names[:place], values) & _beyond(name, values[place], is_down=down[place])
        for place, name in enumerate(names)
    ]
    return reduce(or_, ways)


def _same(names: list[str], values: list[Any]) -> Q:
    equal = Q()
    for name, value in zip(names, values, strict=False):
        equal &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return equal


def _beyond(name: str, value: Any, *, is_down: bool) -> Q:
    absent = Q(**{f"{name}__isnull": True})
    if value is None:
        return ~absent if is_down else Q(pk__in=[])
    return Q(**{f"{name}__lt": value}) if is_down else Q(**{f"{name}__gt": value}) | absent
