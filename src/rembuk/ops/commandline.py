"""The list of commands, their help, and what must run before one of them is handed to Django.

What a command does is in `management/commands`, or in `launch`, which begin before Django.
"""

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

from rembuk.ops.bench import running as bench
from rembuk.ops.launch import catalogue, demo, mutants, suite
from rembuk.ops.launch.readiness import prepare, start_django
from rembuk.runtime import env, localdb
from rembuk.runtime.binaries import NoServer
from rembuk.runtime.places import UnsafePlace


class Command(NamedTuple):
    """A command of the operator: the sentence of the list, and its Django command or function."""

    summary: str
    run: str | Callable[[Sequence[str]], None]


COMMANDS = {
    "demo": Command("Set everything up, fill in demo content and serve it.", demo.run),
    "test": Command("Run the test suite; arguments go to pytest.", suite.run),
    "mutants": Command("Put faults into a copy and see that the suite notices; for developers.", mutants.run),
    "serve": Command("Serve the pages.", "serve"),
    "worker": Command("Run jobs: notices, mail, vote counts, deadlines.", "worker"),
    "migrate": Command("Bring the database up to date and grant the application its rights.", "migrate_site"),
    "check": Command("Tell whether this site may be opened to the public.", "check_site"),
    "seed": Command("Load reference data: roles, holidays, regions of all provinces.", "seed"),
    "create-admin": Command("Create the first administrator, or one more.", "create_admin"),
    "reset-second-factor": Command(
        "Take a lost second factor away, where no colleague can.", "reset_second_factor"
    ),
    "import-proposals": Command("Import proposals from a CSV or XLSX sheet.", "import_proposals"),
    "backup": Command("Write database and uploads into one dated archive.", "backup"),
    "restore": Command("Put an archive into an empty site.", "restore"),
    "bench": Command("Measure pages, votes and growth as ratios, on sites of its own.", bench.run),
    "manage": Command("Run a command of Django itself; for developers.", "manage"),
}
_REFUSALS = (
    catalogue.CannotCompile,
    env.InvalidEnvironment,
    localdb.LocalDatabaseError,
    NoServer,
    UnsafePlace,
)
_USAGE = "usage: ./rembuk COMMAND [--help] [arguments]"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command named by the first argument; ends the process with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        catalogue.compile_if_older()
        _dispatch(words)
    except _REFUSALS as error:
        _stop(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


def _dispatch(words: list[str]) -> None:
    if not words or words[0] in ("-h", "--help", "help"):
        print(_overview())
        return
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        _stop(f"There is no command {name}.\n\n{_overview()}", code=2)
    _run(name, rest)


def _run(name: str, rest: list[str]) -> None:
    run = COMMANDS[name].run
    if not isinstance(run, str):
        run(rest)
        return
    if not {"-h", "--help"}.intersection(rest):
        prepare()
    start_django()
    if run == "manage":
        from django.core.management import execute_from_command_line

        execute_from_command_line(["./rembuk manage", *rest])
        return
    from django.core.management import load_command_class

    load_command_class("rembuk.ops", run).run_from_argv(["./rembuk", name, *rest])


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join([_USAGE, "", *lines, "", "Settings: .env.example. Documents: docs/operate/."])


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


def _stop(message: str, code: int = 1) -> NoReturn:
    _tell(message)
    sys.exit(code)
