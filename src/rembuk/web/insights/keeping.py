"""HTML made of kept values, in each process and language: made anew when the value was."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rembuk.keeping.values import MEANWHILE_SECONDS, Made


def kept_html[Value, Found](name: str, made: Made[Value], write: Callable[[Value], Found]) -> Found:
    """What ``write`` makes of a value, once for each making and language; ``name`` tells what is written."""
    key = f"statistics:{name}:{get_language()}"
    at, found = caches["memory"].get(key, (None, None))
    if at != made.at:
        found = write(made.value)
        caches["memory"].set(key, (made.at, found), MEANWHILE_SECONDS)
    result: Found = found
    return result


def table_html(table: dict[str, Any]) -> SafeString:
    """A table as HTML that scrolls where it is wider than the page; nothing for one without rows.

    Figures are compared down a column, which cards would tear apart, and there are many rows.
    """
    if not table["rows"]:
        return SafeString()
    return SafeString(get_template("components/data_table.html").render({"table": table, "scroll": True}))
