"""The order of a list that people drag: marks of an order, and the refusal of one who was overtaken."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import WrongState


class Overtaken(WrongState):
    """Somebody changed the order or the rows between looking and moving."""

    is_overtaken = True

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed this list meanwhile. Nothing was moved: look at the list as it is now.")
        )


@dataclass(slots=True)
class Outcome:
    """What became of many rows: names of those that were changed, and of the others with the sentence why not."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def stamp(rows: Iterable[Model]) -> str:
    """A mark of these rows in this order."""
    told = ",".join(str(row.pk) for row in rows)
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()
