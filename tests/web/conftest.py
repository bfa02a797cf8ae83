"""What all tests of pages share."""

import time

import pytest

_QUARTER, _LONG_ENOUGH = 900, 5


@pytest.fixture(autouse=True)
def _no_window_of_a_limit_ends_within_a_test() -> None:
    """Limits of accounts count by quarters of an hour, in all processes; a test that meets the end of one waits for it."""
    left = _QUARTER - time.time() % _QUARTER
    if left < _LONG_ENOUGH:
        time.sleep(left)
