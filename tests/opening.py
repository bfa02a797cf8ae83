"""Does a door open? For tests that hold it against a list."""

from collections.abc import Callable

from rembuk.common.errors import NotVisible


def opens[**P](door: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """True where the door gives what is behind it, False where nobody may know that it exists."""
    try:
        door(*args, **kwargs)
    except NotVisible:
        return False
    return True
