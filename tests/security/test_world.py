"""The small site of these tests is what it says: most of its addresses open for its administrator."""

import pytest
from django.test import Client

from tests.security import markup, world

pytestmark = pytest.mark.django_db


def test_addresses_of_the_world_lead_to_pages() -> None:
    made = world.furnish()
    client = Client()
    client.force_login(made.admin)
    statuses = {}
    for route, path in world.addresses(made).items():
        answer = client.get(path)
        statuses[route] = answer.status_code
        world.body_of(answer)
    assert max(status for route, status in statuses.items() if route != "readyz") < 500
    assert sum(status == 200 for status in statuses.values()) >= 100


@pytest.mark.parametrize(
    "page",
    [
        markup.MARK,
        "<p onclick=x>",
        '<a href="javascript:x">',
        '<p style="x">',
        "<style>p{}</style>",
        '<script src="//jahat.example/x.js"></script>',
        "<svg/onload=x>",
    ],
)
def test_finder_finds_what_a_browser_would_run(page: str) -> None:
    assert markup.runnable(page) != []
    assert markup.runnable('<p class="a"><script type="module" src="/static/app.js"></script></p>') == []
