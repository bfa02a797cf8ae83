"""The tree of work units: making, editing, moving with all below, retiring with a successor, sheets of units."""

from rembuk.management.actions.units.bulk import describe_units
from rembuk.management.actions.units.editing import change_unit, create_unit, restore_unit
from rembuk.management.actions.units.moving import check_move, move_unit, move_units
from rembuk.management.actions.units.retiring import retire_unit, retire_units

__all__ = [
    "change_unit",
    "check_move",
    "create_unit",
    "describe_units",
    "move_unit",
    "move_units",
    "restore_unit",
    "retire_unit",
    "retire_units",
]
