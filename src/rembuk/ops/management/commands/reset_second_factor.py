"""`./rembuk reset-second-factor`: for an administrator who lost phone and recovery codes, and has nobody to ask."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError

from rembuk.accounts.actions import second_factor
from rembuk.accounts.selectors import holder_of
from rembuk.audit.actors import command_actor
from rembuk.common.errors import WrongState
from rembuk.ops.site_command import SiteCommand


class Command(SiteCommand):
    """The deed stands in the trail, and the person gets a letter."""

    help = (
        "Take the second factor of an account away, so that the password alone is asked; ends all its sessions. For "
        "the only administrator, who has no colleague to do it on the page. The deed stands in the trail."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and why."""
        parser.add_argument("email", help="address of the account")
        parser.add_argument("--reason", default="./rembuk reset-second-factor", help="kept in the trail")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it away, and say what follows."""
        person = holder_of(options["email"])
        if person is None:
            raise CommandError(f"There is no account for {options['email']}.")
        actor = command_actor("reset-second-factor")
        try:
            ended = second_factor.reset(person, by=actor, reason=options["reason"])
        except WrongState as error:
            raise CommandError("This account has no second factor.") from error
        self.stdout.write(f"{person.email} signs in with the password alone; {ended} sessions have ended.")
