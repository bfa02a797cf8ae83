"""One prepared demo for all tests of processes; each works on a copy, which costs a second, not many."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rembuk.runtime import localdb
from tests import demo_site
from tests.commands import support


@pytest.fixture(scope="session", autouse=True)
def _environment(request: pytest.FixtureRequest) -> None:
    """The Python environment of the clone is made before the first test, where the suite runs from another."""
    if any("commands" in item.keywords for item in request.session.items):
        support.rembuk("test", "--help", var=Path("/nonexistent"))


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """The `var/` of a demo that was filled, served and stopped."""
    with support.folder() as place:
        yield demo_site.copy_to(place / "var")


@pytest.fixture
def place() -> Iterator[Path]:
    """An empty folder for one test."""
    with support.folder() as made:
        yield made


@pytest.fixture
def var(prepared: Path, place: Path) -> Path:
    """A copy of the prepared `var/`."""
    subprocess.run(["cp", "-a", str(prepared), str(place / "var")], check=True)
    return place / "var"


@pytest.fixture(scope="session")
def _migrated() -> Iterator[Path]:
    with support.folder() as place:
        assert support.rembuk("migrate", var=place / "var").returncode == 0
        localdb.stop(place / "var")
        yield place / "var"


@pytest.fixture
def empty(_migrated: Path, place: Path) -> Path:
    """A `var/` whose database is migrated and holds nothing else."""
    subprocess.run(["cp", "-a", str(_migrated), str(place / "var")], check=True)
    return place / "var"
