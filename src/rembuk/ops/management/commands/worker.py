"""`./rembuk worker`: runs the jobs of procrastinate, and the loops beside them."""

import asyncio
import threading
from argparse import ArgumentParser
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from rembuk.ops import loops, safety
from rembuk.ops.site_command import SiteCommand
from rembuk.runtime.processes import end_with_parent

CONCURRENCY = 4
SHUTDOWN_SECONDS = 10


class Command(SiteCommand):
    """Runs jobs until it is told to stop; a job in progress then has ten seconds to end."""

    help = (
        "Run jobs: notices and mail, vote counts, deadlines. A site needs at least one worker; several share."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many jobs at once, and whether to stay."""
        parser.add_argument("--concurrency", type=int, default=CONCURRENCY, help="jobs at once (default: 4)")
        parser.add_argument("--once", action="store_true", help="end when no job is left")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM, Ctrl-C, or the end of the process that started this one."""
        safety.refuse_unsafe_start()
        end_with_parent()
        stopping = threading.Event()
        threads = [] if options["once"] else loops.start(stopping)
        connector = app.connector
        assert isinstance(connector, DjangoConnector)
        try:
            with app.replace_connector(connector.get_worker_connector()):
                asyncio.run(_work(options["concurrency"], is_staying=not options["once"]))
        finally:
            stopping.set()
            for thread in threads:
                thread.join(timeout=5)


async def _work(concurrency: int, *, is_staying: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=concurrency,
            wait=is_staying,
            shutdown_graceful_timeout=SHUTDOWN_SECONDS,
            delete_jobs="successful",
            update_heartbeat_interval=10,
            stalled_worker_timeout=30,
        )
