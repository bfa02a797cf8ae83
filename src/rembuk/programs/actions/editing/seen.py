"""Two people who edit at once: what one saw stays as it is while she saves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from rembuk.programs.actions.steps import lock
from rembuk.programs.models import Program


@contextmanager
def held(program: Program, check: Callable[[], None]) -> Iterator[None]:
    """Lock the programme, ask ``check`` whether it still is what she saw, and keep it so for the acts inside.

    Every act on a programme and its layers takes this lock first, so nobody comes in between. What ``check`` raises
    goes to the caller, and nothing is written.
    """
    with transaction.atomic():
        lock(program)
        check()
        yield
