"""Figures of single things: found once a minute in a process, anew after an act of staff."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches

from rembuk.common import clock
from rembuk.keeping.lately import SECONDS, lately


@pytest.fixture
def counts() -> dict[int, int]:
    """What a count finds at this moment."""
    return {1: 10, 2: 20}


@pytest.fixture
def asked() -> list[list[int]]:
    """The keys that were counted, in turn."""
    return []


@pytest.fixture
def look(counts: dict[int, int], asked: list[list[int]]) -> Callable[..., dict[int, int]]:
    def find(keys: list[int]) -> dict[int, int]:
        asked.append(keys)
        return {key: counts[key] for key in keys if key in counts}

    return lambda *keys, name="suara": lately(name, keys, find, 0)


def test_each_is_found_once_and_what_is_left_out_too(
    look: Callable[..., dict[int, int]], counts: dict[int, int], asked: list[list[int]]
) -> None:
    assert look(1, 3) == {1: 10, 3: 0}
    counts[1] = counts[3] = 11
    assert look(3, 2, 1) == {3: 0, 2: 20, 1: 10}
    assert asked == [[1, 3], [2]]
    assert list(look(3, 2, 1)) == [3, 2, 1]
    assert look() == {}
    assert look(1, name="masukan") == {1: 11}, "of another name"


def test_they_are_found_anew_after_a_minute_and_after_an_act_of_staff(
    look: Callable[..., dict[int, int]], counts: dict[int, int]
) -> None:
    look(1)
    counts[1] = 11
    with time_machine.travel(clock.now() + timedelta(seconds=SECONDS - 1), tick=False):
        assert look(1) == {1: 10}
    with time_machine.travel(clock.now() + timedelta(seconds=SECONDS + 1), tick=False):
        assert look(1) == {1: 11}
    counts[1] = 12
    caches["memory"].clear()  # as the watch of the page cache does
    assert look(1) == {1: 12}
