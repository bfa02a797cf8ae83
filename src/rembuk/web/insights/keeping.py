"""What the pages of statistics show, kept for a minute in the process: the page cache keeps it for visitors, this for members."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rembuk.insights.figures import KEEP_SECONDS


def kept[Found](name: str, find: Callable[[], Found]) -> Found:
    """What was found at most a minute ago; nothing found (``None``) is not kept."""
    found: Found | None = caches["memory"].get(f"statistics:{name}")
    if found is None:
        found = find()
        if found is not None:
            caches["memory"].set(f"statistics:{name}", found, KEEP_SECONDS)
    return found


def kept_here[Found](name: str, find: Callable[[], Found]) -> Found:
    """The same in the language of the page: for words and HTML."""
    return kept(f"{name}:{get_language()}", find)


def table_html(table: dict[str, Any]) -> SafeString:
    """A table as HTML that scrolls where it is wider than the page; nothing for one without rows.

    Figures are compared down a column, which cards would tear apart, and there are many rows.
    """
    if not table["rows"]:
        return SafeString()
    return SafeString(get_template("components/data_table.html").render({"table": table, "scroll": True}))
