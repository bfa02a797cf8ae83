"""The demo for the tests of its content."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import override_settings

from tests import database, demo_site, suite_database
from tests.environment import SERVER


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The database of the demo as `./rembuk demo` filled it, a copy of its own for a module; and its uploads."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        before = connection.settings_dict["NAME"]
        mine = f"{before}_demo"
        uploads = demo_site.made() / "uploads"
        database.create_test_database(SERVER.owner_url, mine, demo_site.template(SERVER.owner_url))
        suite_database.connect_to(mine)
        with override_settings(MEDIA_ROOT=str(uploads), DEMO=True):
            yield
        suite_database.connect_to(before)
    database.drop_test_database(SERVER.owner_url, mine)
