"""Every URL has a guard, every staff URL a permission, and no numeric key stands in a public address."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from rembuk.web.guards import guard_of

# Pages of django-allauth; its own decorators guard them.
FOREIGN = ("allauth.",)


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site with its whole pattern."""
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, here)
        else:
            yield here, entry


ROUTES = dict(routes())


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_route_has_a_guard(route: str) -> None:
    view = ROUTES[route].callback
    if getattr(view, "__module__", "").startswith(FOREIGN) or hasattr(view, "view_class"):
        return
    assert guard_of(view) is not None, f"{route} ({view}) states no guard"


@pytest.mark.parametrize("route", sorted(route for route in ROUTES if route.startswith("kelola/")))
def test_staff_route_asks_for_a_permission(route: str) -> None:
    guard = guard_of(ROUTES[route].callback)
    assert guard is not None
    assert guard.kind == "staff"
    assert guard.permissions


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_route_shows_no_numeric_key(route: str) -> None:
    assert "<int:pk>" not in route
    assert "<int:id>" not in route
