"""Entries written by the tests themselves stand for deeds, each in a transaction of its own."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _a_deed(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("django_db")
    if marker is None or marker.kwargs.get("transaction"):
        yield
        return
    from django.db import transaction

    request.getfixturevalue("db")
    with transaction.atomic():
        yield
