"""Pages ask the clock; here it stands in the month of the scenes."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import translation

from tests import program_scenes as programs


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    # A request in English leaves its language behind; every test begins in Indonesian.
    with time_machine.travel(programs.MORNING, tick=True), translation.override("id"):
        yield
