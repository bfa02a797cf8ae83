"""Every URL has a guard, every staff URL a permission, and no numeric key stands in a public address."""

from collections.abc import Iterator

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


def _is_foreign(view: object) -> bool:
    return getattr(view, "__module__", "").startswith(FOREIGN) or hasattr(view, "view_class")


def test_every_route_has_a_guard() -> None:
    views = {route: entry.callback for route, entry in ROUTES.items()}
    assert [route for route, view in views.items() if not _is_foreign(view) and not guard_of(view)] == []


def test_every_staff_route_asks_for_a_permission() -> None:
    guards = {
        route: guard_of(entry.callback) for route, entry in ROUTES.items() if route.startswith("kelola/")
    }
    assert guards
    open_ = [
        route
        for route, guard in guards.items()
        if guard is None or guard.kind != "staff" or not guard.permissions
    ]
    assert open_ == []


def test_no_route_shows_a_numeric_key() -> None:
    assert [route for route in ROUTES if "<int:pk>" in route or "<int:id>" in route] == []
