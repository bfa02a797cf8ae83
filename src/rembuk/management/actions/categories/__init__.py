"""Changing categories: ``tree`` makes, edits and places one, ``merge`` joins two, ``many`` changes several at once."""

from rembuk.management.actions.categories.tree import (
    Direction,
    change_category,
    create_category,
    delete_category,
    place_category,
    restore_category,
    retire_category,
    shift_category,
)

__all__ = [
    "Direction",
    "change_category",
    "create_category",
    "delete_category",
    "place_category",
    "restore_category",
    "retire_category",
    "shift_category",
]
