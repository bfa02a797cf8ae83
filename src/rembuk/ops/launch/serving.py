"""The address a site is served at: is it free, does it answer, and does this `var/` serve already.

The web server itself is the command `serve`.
"""

import contextlib
import errno
import fcntl
import ipaddress
import os
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FREE_AFTER_SECONDS = 4  # what a killed predecessor's children need to let the port go
ANSWER_SECONDS = 60


class AlreadyServing(Exception):
    """Another process serves this `var/`; the message names the address."""


@dataclass(frozen=True)
class Address:
    """Host and port to listen on; port 0 stands for any."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """What to type into a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def resolved(self) -> "Address":
        """Return the address with a free port; raise OSError with a sentence when the port is taken."""
        deadline = time.monotonic() + FREE_AFTER_SECONDS
        while True:
            try:
                return replace(self, port=self._bind())
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise OSError(
                        f"{self.host}:{self.port} cannot be listened on: {error.strerror}"
                    ) from error
                if time.monotonic() > deadline:
                    taken = f"port {self.port} on {self.host} is in use by another program"
                    raise OSError(f"{taken}; choose one with --port") from error
            time.sleep(0.2)

    def _bind(self) -> int:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind((self.host, self.port))
            return int(attempt.getsockname()[1])

    def wait_until_answering(self, still_hopeful: Callable[[], object]) -> None:
        """Wait until a connection succeeds; `still_hopeful` raises when there is no use in waiting."""
        deadline = time.monotonic() + ANSWER_SECONDS
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        while time.monotonic() < deadline:
            still_hopeful()
            with contextlib.suppress(OSError), socket.create_connection((host, self.port), timeout=1):
                return
            time.sleep(0.1)
        raise OSError(f"the web server does not answer at {self.url}")


@contextlib.contextmanager
def only_one(var: Path) -> Iterator[Callable[[Address], None]]:
    """Hold the place of the one demo of this `var/`, or raise AlreadyServing; a killed one holds nothing.

    The block gets a function by which it announces its address to those who come later.
    """
    with (var / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            url, _, pid = lock.read().strip().partition(" ")
            raise AlreadyServing(
                f"{var} is already served at {url or 'an address that is being prepared'} "
                f"(process {pid or 'unknown'}); stop that first, or choose another place with REMBUK_VAR"
            ) from None

        def announce(address: Address) -> None:
            lock.truncate(0)
            lock.write(f"{address.url} {os.getpid()}\n")
            lock.flush()

        lock.truncate(0)
        yield announce
        lock.truncate(0)
