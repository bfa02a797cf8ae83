"""Room for the frames of Python's calls.

CPython keeps them in chunks of 16 KB. A loop that happens to call across the edge of a chunk has memory mapped and unmapped
at each call, which made pages twice as dear, or not, by how deep they happened to lie (github.com/python/cpython/issues/142183;
mended in releases after March 2026, which Debian 13 does not have).
"""

import types
from collections.abc import Callable
from typing import Any

_SLOTS = 33_000
"""A frame of so many places of 8 bytes takes a chunk of 512 KB, and leaves half of it to the calls within."""


def with_room[Function: Callable[..., Any]](function: Function) -> Function:
    """The same function; all that it calls, some five hundred calls deep, fits into the chunk of its frame.

    Its places are never touched, so the frame costs one mapping for each call of it and hardly any memory.

    Raises:
        TypeError: for what is no plain function of Python.
    """
    if not isinstance(function, types.FunctionType):
        raise TypeError(function)
    code = function.__code__
    function.__code__ = code.replace(co_stacksize=code.co_stacksize + _SLOTS)
    return function
