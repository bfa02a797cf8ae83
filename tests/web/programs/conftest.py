"""Pages ask the clock; here it stands in the month of the scenes."""

from collections.abc import Iterator

import pytest
import time_machine

from tests import program_scenes as programs


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with time_machine.travel(programs.MORNING, tick=True):
        yield
