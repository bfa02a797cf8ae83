"""`./rembuk serve`: the web server granian on the WSGI application."""

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from granian import Granian
from granian.constants import Interfaces

from rembuk.ops import safety
from rembuk.ops.launch import assets
from rembuk.ops.launch.serving import Address
from rembuk.ops.site_command import SiteCommand
from rembuk.runtime import env
from rembuk.runtime.processes import PARENT_VARIABLE, end_with_parent

BACKLOG = 1024


class Command(SiteCommand):
    """Refuses an unsafe production start, then serves until it is told to stop."""

    help = (
        "Serve the pages. REMBUK_WEB_WORKERS processes with REMBUK_WEB_THREADS threads each; more requests "
        "than twice the threads wait outside. Put a web server with TLS in front (docs/operate/debian.md)."
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
        address = Address(options["host"], options["port"])
        if options["socket"] is None:
            try:
                address = address.resolved()
            except OSError as error:
                raise CommandError(f"The site is not served: {error}") from error
        assets.collect_if_changed()
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_fresh_folder(environment.var / "metrics"))
        end_with_parent()
        os.environ[PARENT_VARIABLE] = str(os.getpid())  # granian's workers watch this process
        Granian(
            "rembuk.config.wsgi:application",
            address=address.host,
            port=address.port,
            uds=options["socket"],
            uds_permissions=0o660,
            interface=Interfaces.WSGI,
            workers=environment.web_workers,
            blocking_threads=environment.web_threads,
            backpressure=environment.web_threads * 2,
            backlog=BACKLOG,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=15,
            log_level="error",  # type: ignore[arg-type]
        ).serve()


def _fresh_folder(path: Path) -> Path:
    """Figures of processes that ended long ago must not be summed."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path
