"""`./rembuk serve`: the web server uvicorn, with kept pages on its loop and the WSGI application in threads."""

import os
import shutil
import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import uvicorn
from django.core.management import CommandError
from uvicorn.supervisors import Multiprocess

from rembuk.ops import safety
from rembuk.ops.launch import assets
from rembuk.ops.launch.serving import Address
from rembuk.ops.site_command import SiteCommand
from rembuk.runtime import env
from rembuk.runtime.processes import PARENT_VARIABLE, end_with_parent

BACKLOG = 1024
STOP_SECONDS = 15
SILENT_SECONDS = 30
"""A process that gives no sign for so long is replaced."""


class Command(SiteCommand):
    """Refuses an unsafe production start, then serves until it is told to stop."""

    help = (
        "Serve the pages. REMBUK_WEB_WORKERS processes with REMBUK_WEB_THREADS threads each; kept pages need none. Whoever "
        "finds too many waiting gets 503. Put a web server with TLS in front (docs/operate/nginx.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
        parser.add_argument("--socket", type=Path, help="listen on this Unix socket instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until the end of this process, or of the process that started it."""
        safety.refuse_unsafe_start()
        environment = env.load()
        try:
            bound = _bound(options["socket"], Address(options["host"], options["port"]))
        except OSError as error:
            raise CommandError(f"The site is not served: {error}") from error
        assets.collect_if_changed()
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_fresh_folder(environment.var / "metrics"))
        end_with_parent()
        os.environ[PARENT_VARIABLE] = str(os.getpid())  # the processes that answer watch this one
        try:
            Multiprocess(_configuration(environment.web_workers), [bound]).run()
        finally:
            bound.close()
            if options["socket"] is not None:
                options["socket"].unlink(missing_ok=True)


def _configuration(workers: int) -> uvicorn.Config:
    return uvicorn.Config(
        "rembuk.config.served:application",
        http="rembuk.web.serving.readers:Readers",
        interface="asgi3",
        ws="none",
        lifespan="off",
        loop="uvloop",
        workers=workers,
        backlog=BACKLOG,
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_worker_healthcheck=SILENT_SECONDS,
        timeout_keep_alive=75,
        proxy_headers=False,  # web/addresses.py knows whom to trust
        server_header=False,
        access_log=False,
        log_config=None,
        log_level="error",
    )


def _bound(path: Path | None, address: Address) -> socket.socket:
    """A socket with a name, not listening yet; raises OSError with a sentence."""
    if path is None:
        address = address.resolved()
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((address.host, address.port))
        return bound
    if path.is_socket():
        path.unlink()  # left by a server that was killed
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    bound.bind(str(path))
    path.chmod(0o660)
    return bound


def _fresh_folder(path: Path) -> Path:
    """Figures of processes that ended long ago must not be summed."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path
