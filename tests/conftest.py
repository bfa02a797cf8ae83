"""The suite runs on a real PostgreSQL, as the application role, on a copy of one migrated template database."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import hypothesis
import psycopg
import pytest

from tests import database
from tests.environment import SERVER

# No test fails for a slow machine: neither by a time of its own nor by the time that making examples takes.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")
BASELINE = pytest.StashKey["Baseline"]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Drills that take minutes stay for `tools/nightly`, unless somebody asks for them by their mark."""
    if "nightly" in config.option.markexpr:
        return
    drills = [item for item in items if item.get_closest_marker("nightly")]
    if drills:
        config.hook.pytest_deselected(items=drills)
        items[:] = [item for item in items if item not in drills]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: object, worker_id: str
) -> Iterator[None]:
    """Point both connections at this worker's own copy of the migrated template."""
    from tests import suite_database

    mine = f"test_rembuk_{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        name = suite_database.template(SERVER.owner_url)
        database.create_test_database(SERVER.owner_url, mine, name)
        suite_database.connect_to(mine)
        baseline = suite_database.Baseline(SERVER.bootstrap_url, mine)
        request.config.stash[BASELINE] = baseline
        yield
        baseline.close()
        suite_database.disconnect()
    database.drop_test_database(SERVER.owner_url, mine)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The xdist worker, or ``main``."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_flushed() -> None:
    """After a test that commits, `Baseline` puts the rows back: Django's flush would empty every table first."""
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = lambda _case: None  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _fresh_process_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what a process keeps between requests; settings then stay, so that slow machines ask no more often."""
    from django.conf import settings
    from django.utils import translation

    from rembuk.accounts.passwords import hashing
    from rembuk.programs import kinds
    from rembuk.programs.kinds import seeds
    from rembuk.siteconfig import selectors
    from rembuk.workdays import selectors as workdays
    from tests import kept

    # A request in the other language leaves it behind in the thread.
    translation.activate(settings.LANGUAGE_CODE)
    # On a busy machine a place among those who hash comes free late; what happens then has tests of its own.
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 30.0)
    kept.forget_process()
    monkeypatch.setattr(selectors, "KEEP_SECONDS", 3600.0)
    monkeypatch.setattr(workdays, "KEEP_SECONDS", 3600.0)
    monkeypatch.setattr(kinds, "KEEP_SECONDS", 3600.0)
    kinds.keep(seeds.KINDS)


@pytest.fixture(autouse=True)
def _transactions_of_the_suite_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deed has to open its own transaction: the one that the suite rolls back after a test hides a missing one."""
    from django.db import connection

    from rembuk.common import transactions

    def is_open() -> bool:
        return any(not block._from_testcase for block in connection.atomic_blocks)

    monkeypatch.setattr(transactions, "is_open", is_open)


@pytest.fixture(scope="session")
def _uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: object, _uploads: Path) -> None:
    """Uploads go to a directory of the test, which the first of them makes."""
    settings.MEDIA_ROOT = str(_uploads / uuid4().hex)  # type: ignore[attr-defined]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After a test that committed: back to the rows of the template. A hook, because it comes after every fixture."""
    yield
    marker = item.get_closest_marker("django_db")
    is_transactional = marker and marker.kwargs.get("transaction")
    if nextitem and (is_transactional or "transactional_db" in getattr(item, "fixturenames", ())):
        item.config.stash[BASELINE].restore()


@pytest.fixture
def owner() -> Iterator[psycopg.Connection]:
    """A connection as the owner of the database, for what the application role may not do."""
    from django.db import connections

    settings = connections["owner"].get_connection_params()
    settings.pop("cursor_factory", None)
    settings.pop("context", None)
    with psycopg.connect(**settings) as connection:
        yield connection
