"""What tests of processes begin with: a copy of the demo, a migrated site, or nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import demo_site
from tests.commands import support


@pytest.fixture(scope="session", autouse=True)
def _environment(request: pytest.FixtureRequest) -> None:
    """The Python environment of the clone is made before the first test, where the suite runs from another."""
    if any("commands" in item.keywords for item in request.session.items):
        support.rembuk("test", "--help", var=Path("/nonexistent"))


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder for one test."""
    with support.folder() as made:
        yield made


@pytest.fixture
def var(place: Path) -> Path:
    """The `var/` of a demo that was filled, served and stopped."""
    return demo_site.copy_to(place / "var")


@pytest.fixture
def empty(place: Path) -> Path:
    """A `var/` whose database is migrated and holds nothing else."""
    assert support.rembuk("migrate", var=place / "var").returncode == 0
    return place / "var"
