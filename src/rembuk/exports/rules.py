"""Who may have a file, and how many at once. Asked when it is asked for, when it is written and when it is fetched."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import rights
from rembuk.access.permissions import ALL
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict, WrongState
from rembuk.exports import selectors
from rembuk.exports.sources import Reach

MOST_UNFINISHED: Final = 3
MOST_KEPT: Final = 20
_NARROWER = gettext_lazy("Your rights do not cover the rows of this file any more. Ask for it again.")


def may_take(by: Person, reach: Reach) -> Verdict:
    """Whoever holds now, for each permission the rows were taken under, all of the units they were taken from."""
    if all(reach.get(key) and _covers(by, key, reach[key]) for key in reach) and reach:
        return ALLOWED
    return Denied(_NARROWER)


def refuse_more(by: Person) -> None:
    """At most three files in the making and twenty kept, for each person.

    Raises:
        WrongState: when she has as many.
    """
    unfinished, kept = selectors.counts(by)
    if unfinished >= MOST_UNFINISHED:
        words = _(
            "%(n)d of your files are being made already. Wait until one is ready, or cancel one, and ask again."
        )
        raise WrongState(words % {"n": unfinished})
    if kept >= MOST_KEPT:
        words = _("%(n)d of your files are kept already. Remove some that you don't need, and ask again.")
        raise WrongState(words % {"n": kept})


def _covers(by: Person, key: str, paths: object) -> bool:
    held = rights.paths(by, ALL[key])
    return all(any(path.startswith(own) for own in held) for path in paths)  # type: ignore[attr-defined]
