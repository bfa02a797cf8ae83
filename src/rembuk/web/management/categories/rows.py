"""What the pages of categories show: the tree with its counts, what uses one, what a merge would move."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.management.lists.category_links import Counts, contents, contents_of, with_below
from rembuk.management.selectors import categories
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import order_stamp
from rembuk.web.components.formats import counted
from rembuk.web.management.lists.filters import Choice, ListFilter
from rembuk.web.management.trees import folded
from rembuk.workunits.tree import STEP

type Row = dict[str, Any]
MOST_SHOWN = 1000
"""So many rows a page shows; beyond, search finds them."""
_LISTS = {
    "proposals": "desk_proposals:list",
    "programs": "desk_programs:list",
    "consultations": "consultations:list",
}


def tree_context(request: HttpRequest) -> Row:
    """The whole tree, or the rows that were asked for; each with how much stands in it and below it."""
    every = list(categories())
    counts = with_below(every, contents())
    asked = ListFilter(request, _filters(counts))
    names = {row.pk: row.label for row in every}
    is_whole = not asked.values
    picked = [row for row in every if asked.picks(row, _searched(row))][:MOST_SHOWN]
    rows = [_row(row, counts[row.pk], "" if is_whole else _above(row, names)) for row in picked]
    by_key = {row["key"]: row for row in rows}
    slugs = {row.pk: row.slug for row in every}
    for row in picked:
        by_key[row.slug]["parent"] = slugs.get(row.parent_id or 0, "")
    return {
        "rows": folded(picked, lambda row: by_key[row.slug]) if is_whole else rows,
        "count": len(picked),
        "is_empty": not every,
        "is_cut": is_whole and len(every) > MOST_SHOWN,
        "filter_form": asked,
        "active": asked.chips,
        "reset_url": reverse("desk_management:categories"),
        "is_ordered": is_whole and 1 < len(every) <= MOST_SHOWN,
        "stamp": order_stamp(every),
        "bulk": {"action_url": reverse("desk_management:category_many"), "actions": _acts()},
    }


def use_context(category: Category) -> Row:
    """What uses a category, with the lists where it can be read, and whether it may be deleted."""
    own, below = contents_of(category), category.children.count()
    links = [_part(name, number, category) for name, number in own.items()]
    if below:
        text = ngettext("%(n)d category below it", "%(n)d categories below it", below) % {"n": below}
        links.append({"text": text, "url": ""})
    led = category.merged_from.count()
    return {"links": links, "may_delete": not own and not below and not led}


def merge_preview(category: Category, into: Category) -> Row:
    """What moves, kind by kind: how much there is, how much the other has, and what it will have."""
    own, there = contents_of(category), contents_of(into)
    rows = [
        [_KINDS[name], number, there.get(name, 0), there.get(name, 0) + number]
        for name, number in own.items()
    ]
    if below := category.children.count():
        present = into.children.exclude(pk=category.pk).count()
        rows.append([_("Categories below"), below, present, present + below])
    labels = (
        (_("What moves"), ""),
        (_("Here"), "num"),
        (_("There now"), "num"),
        (_("There afterwards"), "num"),
    )
    return {
        "caption": _("What moves to “%(name)s”") % {"name": into},
        "columns": [{"label": label, "kind": kind} for label, kind in labels],
        "rows": rows,
    }


_KINDS = {
    "proposals": gettext_lazy("Proposals"),
    "drafts": gettext_lazy("Drafts of citizens"),
    "programs": gettext_lazy("Work programmes"),
    "consultations": gettext_lazy("Consultations"),
    "matrix_rows": gettext_lazy("Rows of the matrix of answers"),
}


def _filters(counts: Mapping[int, Counts]) -> Sequence[Choice]:
    return (
        Choice(
            "satuan",
            gettext_lazy("Work unit"),
            lambda: (("ada", _("With a work unit")), ("tanpa", _("Without a work unit"))),
            lambda row, value: bool(row.default_unit_id) == (value == "ada"),
        ),
        Choice(
            "isi",
            gettext_lazy("Contents"),
            lambda: (("ada", _("Used")), ("kosong", _("Unused"))),
            lambda row, value: bool(counts.get(row.pk)) == (value == "ada"),
        ),
    )


def _searched(row: Category) -> str:
    return f"{row.slug} {row.name} {row.name_en} {row.description}"


def _above(row: Category, names: Mapping[int, str]) -> str:
    steps = [int(step[-STEP:]) for step in row.path.rstrip(".").split(".")[:-1]]
    return " › ".join(names[step] for step in steps if step in names)


def _acts() -> list[dict[str, str]]:
    return [
        {"name": "act", "value": "satuan", "label": _("Set the work unit"), "tone": ""},
        {"name": "act", "value": "tenggat", "label": _("Set the deadline"), "tone": ""},
        {"name": "act", "value": "aktif", "label": _("Put back into use"), "tone": ""},
        {"name": "act", "value": "nonaktif", "label": _("Retire"), "tone": "bad"},
    ]


def _row(row: Category, counts: Counts, above: str) -> Row:
    notes = [part for part in (above, str(row.default_unit) if row.default_unit else "") if part]
    if row.answer_days:
        notes.append(_("%(days)s working days") % {"days": row.answer_days})
    into = row.merged_into
    return {
        "anchor": f"k-{row.slug}",
        "key": row.slug,
        # The address of a merged category leads on to the other one, so the row has no page of its own.
        "url": "" if into else reverse("desk_management:category", args=[row.slug]),
        "place_url": reverse("desk_management:category_place", args=[row.slug]),
        "label": row.label,
        "code": row.slug,
        "icon": row.icon,
        "note": " · ".join(notes),
        "into": into and {"label": into.label, "url": reverse("desk_management:category", args=[into.slug])},
        "counts": [_part(name, number, row) for name, number in sorted(counts.items(), key=_in_order)],
        "depth": 1,
        "is_active": row.is_active,
        "is_closed": not row.is_open,
    }


def _in_order(pair: tuple[str, int]) -> int:
    return list(_KINDS).index(pair[0])


def _part(name: str, number: int, category: Category) -> Row:
    """A count in words, up to its bound; where a list offers this category, the way there."""
    words = {
        "proposals": ngettext("%(n)s proposal", "%(n)s proposals", number),
        "drafts": ngettext("%(n)s draft", "%(n)s drafts", number),
        "programs": ngettext("%(n)s work programme", "%(n)s work programmes", number),
        "consultations": ngettext("%(n)s consultation", "%(n)s consultations", number),
        "matrix_rows": ngettext("%(n)s row of the matrix", "%(n)s rows of the matrix", number),
    }
    route = _LISTS.get(name) if category.is_active else None
    url = f"{reverse(route)}?kategori={category.slug}" if route else ""
    return {"text": words[name] % {"n": counted(number)}, "url": url}
