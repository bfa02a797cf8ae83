"""Calls across the edge of a chunk of frames map memory each time; with room there is no edge."""

import resource
import threading
from collections.abc import Callable

import pytest

from rembuk.runtime.room import with_room

CALLS, DEPTHS = 300, range(400)


def leaf(number: int) -> int:
    return number


# Larger than a frame of ``deep``, so that at some depth it is the first beyond the edge.
leaf.__code__ = leaf.__code__.replace(co_stacksize=80)


def deep(depth: int) -> int:
    """Many calls of a small function, so deep in others; how many pages of memory were mapped meanwhile."""
    if depth:
        return deep(depth - 1)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for number in range(CALLS):
        leaf(number)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def in_a_thread(work: Callable[[], list[int]]) -> list[int]:
    """What it finds, in a thread whose frames begin there."""
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.extend(work()))
    thread.start()
    thread.join()
    return found


def at_all_depths() -> list[int]:
    return [deep(depth) for depth in DEPTHS]


@with_room
def with_room_at_all_depths() -> list[int]:
    return at_all_depths()


def test_with_room_no_depth_is_dear() -> None:
    assert max(in_a_thread(with_room_at_all_depths)) < CALLS / 3


def test_without_room_some_depth_is_dear_where_python_is_older() -> None:
    """The negative control; a Python that keeps a chunk at hand passes the other one without help."""
    if max(in_a_thread(at_all_depths)) < CALLS:
        pytest.skip("this Python keeps a chunk at hand")


def test_function_with_room_stays_the_same() -> None:
    def difference(first: int, *, second: int = 1) -> int:
        """Take away."""
        return first - second

    roomy = with_room(difference)
    assert (roomy(5), roomy(5, second=2), roomy.__doc__) == (4, 3, "Take away.")
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 // 0)()


def test_what_is_no_function_of_python_is_refused() -> None:
    with pytest.raises(TypeError):
        with_room(len)
