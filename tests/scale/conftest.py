"""One filled site and one walk through it, for all tests of this folder."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests import kept
from tests.scale import site
from tests.scale.heard import Heard


@pytest.fixture(scope="package")
def heard(
    django_db_setup: None, django_db_blocker: object, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Heard]:
    """A site filled at N = 1, with a thing of every kind beside, after everybody's walk through it."""
    uploads = str(tmp_path_factory.mktemp("uploads"))
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        site.empty_database(f"test_rembuk_plans_{worker_id}"),
        override_settings(MEDIA_ROOT=uploads),
    ):
        site.fill_quietly(1)
        kept.forget_process()  # of the database of the tests before
        yield Heard()
