"""What the database refuses, in words people can use: for whoever comes through all checks at once.

A domain says the words for its own constraints when the program starts; none of them is known here.
"""

from collections.abc import Mapping

from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg.errors import DeadlockDetected

AT_ONCE = _("Somebody changed the same at this moment. Nothing of yours was saved; please send it once more.")

_words: dict[str, Promise] = {}


def register(words: Mapping[str, Promise]) -> None:
    """Say what to tell somebody whose act one of these constraints refused, by the name of the constraint."""
    _words.update(words)


def refused_by_database(error: DatabaseError) -> Promise | None:
    """What to tell somebody whose act the database refused; ``None`` for anything that is a fault of ours.

    Two acts that wait for each other are one of two people at once, too: the database ends one of them.
    """
    if isinstance(error.__cause__, DeadlockDetected):
        return AT_ONCE
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return _words.get(name or "")
