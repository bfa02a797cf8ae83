"""What the page of a managed list shows."""

from itertools import groupby
from typing import Any

from django.urls import reverse

from rembuk.management.actions.lists.orders import stamp
from rembuk.web.management.lists.filters import ListFilter
from rembuk.web.management.lists.many import bulk_actions
from rembuk.web.management.lists.shapes import Row, Shape


def index_context(shape: Shape, asked: ListFilter) -> Row:
    """The rows that were asked for in groups, with the mark of the whole order."""
    every = list(shape.listing.rows())
    counts = shape.counts()
    picked = [row for row in every if asked.picks(row, shape.searched(row))]
    here = reverse(f"desk_management:{shape.many}")
    groups = [
        {"title": title, "rows": [_row(shape, row, counts) for row in rows]}
        for title, rows in groupby(picked, shape.group)
    ]
    return {
        "lede": shape.words.lede,
        "groups": groups,
        "count": len(picked),
        "is_empty": not every,
        "filter_form": asked,
        "active": asked.chips,
        "reset_url": here,
        "is_ordered": not asked.values and len(every) > 1,
        "stamp": stamp(every),
        "new_url": reverse(f"desk_management:{shape.name}_new"),
        "new_label": shape.words.new,
        "bulk": {"action_url": reverse(f"desk_management:{shape.name}_many"), "actions": bulk_actions()},
        "tabs": shape.tabs(here),
    }


def _row(shape: Shape, row: Any, counts: dict[int, str]) -> Row:
    key = shape.key_of(row)
    note = " · ".join(part for part in (shape.note(row), counts.get(row.pk, "")) if part)
    return {
        "anchor": f"{shape.name}-{key}",
        "url": reverse(f"desk_management:{shape.name}", args=[key]),
        "place_url": reverse(f"desk_management:{shape.name}_place", args=[key]),
        "key": key,
        "parent": shape.group(row),
        "label": shape.label(row),
        "code": key if shape.listing.key == "code" else "",
        "note": note,
        "depth": 1,
        "is_active": row.is_active,
    }
