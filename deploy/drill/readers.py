"""Visitors who read pages all the while, and what they got."""

import http.client
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from deploy.drill.clients import Clients

PAUSE = 0.2
ANSWER_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Read:
    """One page: when it was asked for and had, and its status (0: no answer)."""

    sent: float
    done: float
    status: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What readers got within a time."""

    pages: int
    refused: int
    longest: float

    def __str__(self) -> str:
        return f"{self.pages} pages read, {self.refused} refused, longest wait {self.longest:.1f} s"


class Readers(Clients):
    """Two clients that go through the same pages again and again, each page a new visitor without cookies."""

    def __init__(self, address: str, paths: Sequence[str], clients: int = 2) -> None:
        super().__init__("reader", clients)
        self._address, self._paths = address, paths
        self._reads: list[Read] = []

    def seen(self, begin: float, end: float) -> Seen:
        """What was asked for from ``begin`` to ``end``."""
        return summed([each for each in list(self._reads) if begin <= each.sent <= end])

    def _go_on(self, number: int) -> None:
        parts = urlsplit(self._address)
        place = number
        while not self._stopping.wait(PAUSE):
            sent, status = time.monotonic(), 0
            connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=ANSWER_SECONDS)
            try:
                connection.request("GET", self._paths[place % len(self._paths)])
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException):
                status = 0
            finally:
                connection.close()
            self._reads.append(Read(sent, time.monotonic(), status))
            place += 1


def summed(reads: Sequence[Read]) -> Seen:
    """Reads in figures."""
    return Seen(
        len(reads),
        sum(1 for each in reads if each.status != 200),
        max((each.done - each.sent for each in reads), default=0.0),
    )
