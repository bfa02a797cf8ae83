"""What actions on managed rows share: before and after of named fields, and the refusal of a name already taken."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import Invalid, Words
from rembuk.taxonomy import tree as category_tree
from rembuk.taxonomy.models import Category

MISTAKE = _("This can't be saved like this.")


@contextmanager
def held(row: models.Model, check: Callable[[], None]) -> Iterator[None]:
    """Lock a row, ask ``check`` whether it still is what somebody saw, and keep it so for the acts inside.

    A category is held with its whole tree, as every act on one does. What ``check`` raises goes to the caller.
    """
    with transaction.atomic():
        if isinstance(row, Category):
            category_tree.lock()
        type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
        check()
        yield


def apply(row: models.Model, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the values that differ; returns what they were and what they are now, as the trail tells it."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name, value in values.items():
        old = getattr(row, name)
        if old != value:
            before[name], after[name] = told(old), told(value)
            setattr(row, name, value)
    return before, after


def told(value: object) -> object:
    """A value as it stands in the trail: rows by their public code, and everything else as it is."""
    if not isinstance(value, models.Model):
        return value
    return next((getattr(value, name) for name in ("code", "slug") if hasattr(value, name)), value.pk)


@contextmanager
def unique(field: str, sentence: Words) -> Iterator[None]:
    """Say at the field that its value is taken, where the database refuses it.

    Raises:
        Invalid: for the field.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise wrong(field, sentence) from None


def wrong(field: str, sentence: Words) -> Invalid:
    """A refusal of one field."""
    return Invalid(MISTAKE, fields={field: [sentence]})
