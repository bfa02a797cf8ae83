"""The web server of `./rembuk serve` around a small WSGI application, on a real port, in a thread of the test."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from prometheus_client import REGISTRY

from rembuk.web.serving.readers import Readers
from rembuk.web.serving.threads import InThreads


@dataclass(frozen=True, slots=True)
class Server:
    """Where it answers."""

    port: int

    def connect(self) -> socket.socket:
        """A connection that gives up after ten seconds."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def talk(self, sent: bytes) -> bytes:
        """Send bytes on a connection of its own and read until the server ends it or says no more."""
        with self.connect() as connection:
            connection.sendall(sent)
            return read_all(connection)


def read_all(connection: socket.socket) -> bytes:
    """Everything until the other side ends the connection."""
    found = b""
    while piece := connection.recv(65536):
        found += piece
    return found


def refusals(why: str) -> float:
    """How many ``/metrics`` tells of, that took no thread."""
    return REGISTRY.get_sample_value("rembuk_refused_at_once_total", {"why": why}) or 0


@contextmanager
def serving(application: Any, *, threads: int = 2, most_bytes: int = 1_000_000) -> Iterator[Server]:
    """The server as the command configures it, as long as the block lasts."""
    config = uvicorn.Config(
        InThreads(application, threads=threads, most_bytes=most_bytes, cookie="sesi"),  # type: ignore[arg-type]
        http=Readers, interface="asgi3", ws="none", lifespan="off", loop="uvloop", proxy_headers=False,
        server_header=False, access_log=False, log_config=None, log_level="critical", timeout_graceful_shutdown=5,
    )  # fmt: skip
    server = uvicorn.Server(config)
    bound = socket.create_server(("127.0.0.1", 0))
    running = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
    running.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield Server(bound.getsockname()[1])
    finally:
        server.should_exit = True
        running.join(20)
        bound.close()
    assert not running.is_alive()
