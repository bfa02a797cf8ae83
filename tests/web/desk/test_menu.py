"""The menu of the staff pages: one entry is where the reader is."""

import pytest
from django.test import Client

from tests import people, scenes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/kelola/", ["/kelola/"]),
        ("/kelola/usulan/", ["/kelola/usulan/"]),
        ("/kelola/usulan/impor/", ["/kelola/usulan/impor/"]),
    ],
)
def test_menu_marks_one_entry(path: str, current: list[str]) -> None:
    client = Client()
    client.force_login(people.staff("moderator", scenes.regency().root))
    menu = client.get(path).context["desk_menu"]
    assert [entry["url"] for entry in menu if entry["current"]] == current
