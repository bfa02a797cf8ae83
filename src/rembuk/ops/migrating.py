"""Brings the database to the state of the code: migrations as the owner, rights, reference data."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.db.utils import OperationalError

from rembuk.ops.grants import grant_application

OWNER = "owner"
APPLICATION = "default"
_LOCK = 0x52454D42  # one migration at a time on one database


def migrate(*, verbosity: int = 1, should_seed: bool = True) -> None:
    """Migrate as the owner, grant the application its rights, then load roles, holidays and the like.

    Safe to run again and at the same time as another run, which waits. Raises CommandError when the owner's
    address is missing or is the application's.
    """
    role = str(connections[APPLICATION].settings_dict["USER"])
    with _alone():
        call_command("migrate", database=OWNER, interactive=False, verbosity=verbosity)
        call_command("createcachetable", database=OWNER, verbosity=0)
        if role == connections[OWNER].settings_dict["USER"]:
            raise CommandError(
                "The tables are made, but the application must not own them: create a second role without "
                "rights, name it in DATABASE_URL and the owner in REMBUK_OWNER_URL (docs/operate/debian.md)."
            )
        with transaction.atomic(using=OWNER):
            grant_application(connections[OWNER], role)
    if should_seed:
        from rembuk.ops.seeding import seed_reference

        seed_reference()


@contextmanager
def _alone() -> Iterator[None]:
    try:
        with connections[OWNER].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    except OperationalError as error:
        raise CommandError(f"The owner cannot reach the database: {error}") from error
    try:
        yield
    finally:
        connections[OWNER].close()
