"""What a door gives, and whether it opens: for tests that hold it against a list."""

from collections.abc import Callable

from rembuk.common.errors import NotVisible


def behind[**P, T](door: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """What the door gives, or nothing where nobody may know that it exists."""
    try:
        return door(*args, **kwargs)
    except NotVisible:
        return None


def opens[**P](door: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Does the door give anything?"""
    return behind(door, *args, **kwargs) is not None
