"""Addresses of pages that stand many times on one page: found once per language, then kept."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

MOST = 20_000


def link(route: str, *args: str | int | UUID) -> str:
    """As ``reverse``, for the rows of a list: an address follows from route, arguments and language alone."""
    return _link(get_language(), route, args)


@lru_cache(MOST)
def _link(_language: str | None, route: str, args: tuple[str | int | UUID, ...]) -> str:
    return reverse(route, args=args)
