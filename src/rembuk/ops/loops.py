"""What the worker repeats at short intervals beside its jobs, each in a thread of its own.

A loop is for work that is due all the time (folding votes, finding jobs of a killed worker); work that is
due once or by the clock is a job. What a loop does lies in the app that owns the data.
"""

import logging
import threading
from collections.abc import Callable
from typing import NamedTuple

from django.db import close_old_connections, connections

from rembuk.consultations.actions.clockwork import follow_clock
from rembuk.engagement import folding
from rembuk.insights.kept import remake_asked
from rembuk.ops.recovery import recover_stalled_jobs

_log = logging.getLogger(__name__)
LONGEST_PAUSE = 15.0


class Loop(NamedTuple):
    """A function without arguments and the seconds between two calls."""

    run_once: Callable[[], object]
    seconds: float

    @property
    def name(self) -> str:
        """Where the function lives, for logs and thread names."""
        return f"{self.run_once.__module__}.{self.run_once.__qualname__}"


LOOPS = (
    Loop(folding.run_once, 1),
    Loop(follow_clock, 5),
    Loop(remake_asked, 5),
    Loop(recover_stalled_jobs, 10),
)


def start(stopping: threading.Event, loops: tuple[Loop, ...] = LOOPS) -> list[threading.Thread]:
    """Start every loop in a thread; they end soon after `stopping` is set."""
    threads = [threading.Thread(target=_repeat, args=(loop, stopping), name=loop.name) for loop in loops]
    for thread in threads:
        thread.daemon = True
        thread.start()
    return threads


def _repeat(loop: Loop, stopping: threading.Event) -> None:
    pause = loop.seconds
    while not stopping.wait(pause):
        close_old_connections()
        try:
            loop.run_once()
        except Exception:  # a loop outlives a lost database; each failure is logged and the pause grows
            _log.exception("loop_failed", extra={"loop": loop.name})
            pause = min(max(pause, 1) * 2, LONGEST_PAUSE)
        else:
            pause = loop.seconds
        finally:
            connections.close_all()
