"""`./rembuk create-admin`: the first administrator, or one more."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError

from rembuk.access.holders import administrator_grants
from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.audit.actors import command_actor
from rembuk.common.errors import Invalid
from rembuk.ops import actions
from rembuk.ops.site_command import SiteCommand


class Command(SiteCommand):
    """Asks for what is missing; never takes a password from the command line, where others could read it."""

    help = (
        "Make an administrator: an account with a confirmed address and that role in the topmost "
        "work unit. An existing account gets the role and keeps its password. The deed stands in the trail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and where."""
        parser.add_argument("--email", help="address to sign in with")
        parser.add_argument("--name", help="full name")
        parser.add_argument(
            "--unit",
            default="",
            help=f"code of the work unit (default: the instansi; {actions.FIRST_CODE} on an empty site)",
        )
        parser.add_argument(
            "--unit-name", default="Instansi", help="its name, where it is the first of the site"
        )
        parser.add_argument(
            "--reason",
            help="why, for the audit trail; needed where the account or an administrator is there already",
        )
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, make, and say where to sign in."""
        if not Role.objects.filter(slug=actions.ROLE).exists():
            raise CommandError("The site has no roles yet: run ./rembuk migrate first.")
        email = options["email"] or _asked("Email: ")
        is_new = not Person.objects.filter(email=email.strip().lower()).exists()
        name = (options["name"] or _asked("Name: ")) if is_new else ""
        password = _password(from_stdin=options["password_stdin"]) if is_new else None
        reason = (options["reason"] or "").strip()
        if not reason and (not is_new or administrator_grants().exists()):
            reason = _asked("Reason: ")
            if not reason:
                raise CommandError("Say why, so that an auditor understands it later.")
        try:
            unit = actions.ensure_root(code=options["unit"], name=options["unit_name"])
            person = actions.make_administrator(
                email,
                name=name,
                password=password,
                unit=unit,
                by=command_actor("create-admin"),
                reason=reason,
            )
        except Invalid as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person.email} is an administrator of {unit.name} ({unit.code}).")


def _asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError(
            "--email, --name, --reason and --password-stdin are needed where nobody can be asked."
        )
    return input(prompt).strip()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise CommandError("--password-stdin is needed where nobody can be asked.")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Password again: "):
        raise CommandError("The two passwords differ.")
    return password
