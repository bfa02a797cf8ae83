"""`./rembuk demo`: from nothing to a served site with content, in one process and its children.

Begins before Django, since the database must run first. What the content is, the command `load_demo` says.
"""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from rembuk.ops.launch.readiness import prepare, start_django
from rembuk.ops.launch.serving import Address, AlreadyServing, only_one
from rembuk.runtime import env, localdb
from rembuk.runtime.processes import ChildFailed, Children

_PROBLEM = "The demo is not started: "


def run(arguments: Sequence[str]) -> None:
    """Prepare everything and serve until Ctrl-C or a termination signal."""
    options = _parse(arguments)
    os.environ["REMBUK_ENV"] = "demo"
    environment = env.load()
    environment.var.mkdir(parents=True, exist_ok=True)
    for each in (
        signal.SIGTERM,
        signal.SIGINT,
    ):  # the latter is ignored in what a shell puts in the background
        signal.signal(each, _interrupt)
    try:
        with only_one(environment.var) as announce:
            address = Address(options.host, options.port).resolved()
            announce(address)
            _prepare_and_serve(environment, address, is_fresh=options.fresh)
    except (AlreadyServing, ChildFailed, OSError) as problem:
        _stop(_PROBLEM + str(problem))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./rembuk demo",
        description="Set everything up under var/ (REMBUK_VAR moves it), fill in demo content and serve it. "
        "Mail is kept in files and shown at /demo/surat/. Ctrl-C stops everything.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on, 0 for any (default: 8000)")
    parser.add_argument("--fresh", action="store_true", help="delete the content of the last demo first")
    return parser.parse_args(arguments)


def _prepare_and_serve(environment: env.Environment, address: Address, *, is_fresh: bool) -> None:
    os.environ["REMBUK_BASE_URL"] = address.url
    if not address.is_loopback and not environment.hosts:
        os.environ["REMBUK_HOSTS"] = "*"
    if is_fresh:
        _delete_content(environment)
    children = Children(os.environ)
    try:
        _fill()
        _serve(children, address, environment)
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        children.stop()
        localdb.leave(environment.var)


def _delete_content(environment: env.Environment) -> None:
    if not environment.is_embedded:
        _stop(_PROBLEM + "--fresh deletes only the private database; DATABASE_URL names another.")
    localdb.destroy(environment.var)
    for folder in (environment.uploads_dir, environment.mail_dir):
        if environment.var in folder.parents:
            shutil.rmtree(folder, ignore_errors=True)


def _fill() -> None:
    prepare()
    start_django()
    from django.core.management import CommandError, call_command

    from rembuk.ops.migrating import migrate

    print("Preparing the database ...", flush=True)
    try:
        migrate(verbosity=0)
        call_command("load_demo")
    except CommandError as error:
        _stop(_PROBLEM + str(error))
    from django.db import connections

    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]  # the processes to come have their own


def _serve(children: Children, address: Address, environment: env.Environment) -> None:
    here = [sys.executable, "-m", "rembuk.ops"]
    children.start("web", [*here, "serve", "--host", address.host, "--port", str(address.port)])
    children.start("worker", [*here, "worker"])
    address.wait_until_answering(children.check)
    print(f"\nRembuk serves {address.url} (Ctrl-C stops it).", flush=True)
    children.wait(look_after=lambda: _revive_database(environment))


def _revive_database(environment: env.Environment) -> None:
    if environment.is_embedded:
        localdb.ensure_running(environment.var)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(1)
