"""What a command needs before it is run: a database that answers, and Django."""

import os
import sys

from rembuk.runtime import env, localdb


def prepare() -> env.Environment:
    """Start the private database where no other is named."""
    environment = env.load()
    if environment.is_embedded:
        localdb.ensure_running(environment.var, say=_tell)
    return environment


def start_django() -> None:
    """Load Django with the settings of the site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
    import django

    django.setup()


def _tell(message: str) -> None:
    print(message, file=sys.stderr)
