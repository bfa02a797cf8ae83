"""Every foreign key to a work unit has its line: it moves with a retired unit's work, is chosen, or stays as history."""

import pytest
from django.apps import apps
from django.db import models

from rembuk.management.units import fate
from rembuk.workunits.models import WorkUnit


def keys_to_units(*more: models.Field) -> set[str]:  # type: ignore[type-arg]
    """Every foreign key of every model that points to a work unit, and those given."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    found = [field for field in [*fields, *more] if field.is_relation and not field.auto_created]
    return {f"{field.model._meta.label}.{field.name}" for field in found if field.related_model is WorkUnit}


def lines() -> list[str]:
    """The fields that have a line."""
    return [row.field for row in fate.MOVING] + list(fate.CHOSEN) + list(fate.STAYING)


def test_every_key_to_a_unit_moves_is_chosen_or_stays_and_stands_once() -> None:
    assert sorted(lines()) == sorted(keys_to_units())
    assert len(lines()) == len(set(lines()))


def test_a_new_key_without_a_line_would_be_found() -> None:
    field = models.ForeignKey(WorkUnit, on_delete=models.PROTECT, related_name="+")
    field.set_attributes_from_name("newcomer")
    field.model = WorkUnit
    assert set(keys_to_units(field)) - set(lines()) == {"workunits.WorkUnit.newcomer"}


@pytest.mark.parametrize("row", fate.MOVING, ids=lambda row: row.field)
@pytest.mark.django_db
def test_every_moving_line_reads_its_own_model(row: fate.Moving) -> None:
    rows = row.rows(WorkUnit(pk=0, path="0."))
    assert row.field.startswith(f"{rows.model._meta.label}.")
    assert not rows.exists()
