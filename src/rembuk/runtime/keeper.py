"""A small process that stops the private server when nobody uses it any more, however its users ended.

Run as `python -m rembuk.runtime.keeper VAR`; started by `localdb`, one for each `var/`.
"""

import fcntl
import sys
import time
from pathlib import Path

from rembuk.runtime import localdb
from rembuk.runtime.places import describe

LINGER_SECONDS = 10
_LOOK_SECONDS = 1


def keep(var: Path) -> None:
    """Wait until the server of this `var/` has been unused for a while, or `var/` is deleted; then stop it."""
    database = describe(var)
    try:
        with (var / "postgres.keeper").open("a") as own:
            fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _wait(var)
    except BlockingIOError:
        return  # there is a keeper already
    except FileNotFoundError:
        localdb.abandon(database)


def _wait(var: Path) -> None:
    unused_since = time.monotonic()
    while True:
        time.sleep(_LOOK_SECONDS)
        if localdb.is_in_use(var):
            unused_since = time.monotonic()
        elif time.monotonic() - unused_since > LINGER_SECONDS and localdb.stop_if_unused(var):
            return


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
