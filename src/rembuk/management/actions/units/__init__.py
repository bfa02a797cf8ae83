"""The tree of work units: making, editing, moving with all below, retiring with a successor, sheets of units."""

from rembuk.management.actions.units.editing import (
    change_unit,
    create_unit,
    move_unit,
    restore_unit,
    retire_unit,
)

__all__ = ["change_unit", "create_unit", "move_unit", "restore_unit", "retire_unit"]
