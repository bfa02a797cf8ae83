"""What the tests of management pages share: a browser of somebody with a role."""

import re
from collections.abc import Sequence
from typing import Any

from django.test import Client

from tests import people, scenes

K = "/kelola/"


def signed_in(role: str, place: scenes.Regency, unit: str = "root") -> Client:
    """A browser of somebody with a role."""
    client = Client()
    client.force_login(people.staff(role, getattr(place, unit), "Ratna Dewi"))
    return client


def refused(answer: Any) -> tuple[int, bool]:
    """The status, and whether the page begins with a summary of the errors."""
    return answer.status_code, 'class="errors-top"' in answer.content.decode()


def name_in(row: Sequence[Any]) -> str:
    """The name that heads a row of a table, with a box before it or without."""
    cell = row[0]
    link = re.search(r"<a [^>]*>([^<]*)</a>", cell) if isinstance(cell, str) else None
    return link[1] if link else str(cell["value"])
